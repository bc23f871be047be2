import { Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import { int, ints } from '#graph/attribute.ts';
import { blockDepthwise } from '#graph/blocked/block-depthwise.ts';
import { blockedDomain } from '#graph/blocked/layouts.ts';
import { ModelBuilder } from '#graph/builder.ts';
import { differentiate } from '#graph/differentiate.ts';
import { Ops } from '#graph/gradients/ops.ts';
import type { Model } from '#graph/model.ts';
import { elementCount, float32Tensor } from '#graph/tensor.ts';
import { writeModel } from '#graph/write-model.ts';
import { channelBlock } from './channel-block.ts';
import { openSession } from './session.ts';

const random = seededRandom(3);

function randomValues(dims: readonly number[]): Float32Array {
  return Float32Array.from({ length: elementCount(dims) }, () => random.normal());
}

/** Two inverted residuals (MobileNetV2), the second with stride 2 and an odd size, and their gradients. */
function network(channels: number): Model {
  const builder = new ModelBuilder('inverted residuals');
  const ops = new Ops(builder);
  const filters: string[] = [];
  const conv = (
    x: string,
    count: number,
    options: { kernel: number; stride?: number; group?: number },
  ): string => {
    const { kernel, stride = 1, group = 1 } = options;
    const dims = [count, must(builder.dims(x)[1], 'channels') / group, kernel, kernel];
    const filter = builder.constant(
      float32Tensor(
        dims,
        randomValues(dims).map((v) => v / 4),
      ),
    );
    const bias = builder.constant(float32Tensor([count], randomValues([count])));
    filters.push(filter, bias);
    const pad = (kernel - 1) / 2;
    return builder.node('Conv', [x, filter, bias], {
      kernel_shape: ints([kernel, kernel]),
      strides: ints([stride, stride]),
      pads: ints([pad, pad, pad, pad]),
      group: int(group),
    });
  };
  const relu6 = (x: string): string => builder.node('Clip', [x, ops.scalar(0), ops.scalar(6)]);
  const x = builder.input('x', 'float32', [2, 5, 9, 9]);
  let value = conv(x, 8, { kernel: 1 });
  for (const stride of [1, 2]) {
    const wide = relu6(conv(value, channels, { kernel: 1 }));
    const deep = relu6(conv(wide, channels, { kernel: 3, stride, group: channels }));
    const narrow = conv(deep, 8, { kernel: 1 });
    value = stride === 1 ? ops.add(value, narrow) : narrow;
  }
  const loss = ops.sum(ops.mul(value, value), [0, 1, 2, 3]);
  const gradients = differentiate(builder, { loss, of: [x, ...filters] });
  if (!gradients.ok) throw new Error(gradients.error.reason);
  gradients.value.forEach((gradient, i) =>
    builder.output(`gradient ${i}`, gradient, { type: 'float32', dims: builder.dims(gradient) }),
  );
  return builder.build();
}

async function outputsOf(model: Model): Promise<Readonly<Record<string, Tensor>>> {
  const session = await openSession(writeModel(model), { subject: 'test' });
  const x = new Tensor(
    'float32',
    Float32Array.from({ length: 2 * 5 * 81 }, (_, i) => Math.sin(i)),
    [2, 5, 9, 9],
  );
  return session.run({ x });
}

test.each([
  ['whole blocks', 32],
  ['channels that fill no block stay as they are', 20],
])('gradients are the same on blocks of channels: %s', async (_, channels) => {
  const block = must(await channelBlock(), 'this machine has blocks');
  const plain = network(channels);
  const blocked = blockDepthwise(plain, block);
  if (!blocked.ok) throw new Error(blocked.error.reason);
  const isRewritten = blocked.value.graph.nodes.some(({ domain }) => domain === blockedDomain);
  expect(isRewritten).toBe(channels % block === 0);
  const [expected, found] = [await outputsOf(plain), await outputsOf(blocked.value)];
  for (const [name, { data, dims }] of Object.entries(expected)) {
    expect(found[name]?.dims).toEqual(dims);
    const largest = Math.max(...(data as Float32Array).map(Math.abs));
    (found[name]?.data as Float32Array).forEach((value, i) => {
      expect(Math.abs(value - Number(data[i]))).toBeLessThan(1e-4 * largest);
    });
  }
});
