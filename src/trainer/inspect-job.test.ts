import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ProblemError } from '#base/problem.ts';
import type { FromTrainer } from '#contract/trainer.ts';
import { ints } from '#graph/attribute.ts';
import { ModelBuilder } from '#graph/builder.ts';
import type { Dimension } from '#graph/model.ts';
import { float32Tensor, int64Vector } from '#graph/tensor.ts';
import { writeModel } from '#graph/write-model.ts';
import { embedBatch } from './embed-job.ts';
import { inspectJob } from './inspect-job.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emend-inspect-'));
});
afterAll(() => rm(folder, { recursive: true }));

const size = 4;
const pixels = Uint8Array.from({ length: 2 * size * size * 3 }, (_, at) => (at * 29) % 251);

/** Writes a model, inspects it, and embeds two images by what was stored. */
async function embedBy(builder: ModelBuilder, wantedSize: number | null = size): Promise<number[]> {
  const backbone = await inspect(writeModel(builder.build()), wantedSize);
  const rows = await embedBatch(await InferenceSession.create(backbone.file), backbone, { count: 2, pixels });
  return [...rows];
}

async function inspect(
  bytes: Uint8Array,
  wantedSize: number | null,
): Promise<{ id: string; file: string; size: number; dim: number }> {
  const [file, output] = [join(folder, 'in.onnx'), join(folder, 'deep', 'out.onnx')];
  await writeFile(file, bytes);
  const sent: FromTrainer[] = [];
  const context = {
    send: (message: FromTrainer) => void sent.push(message),
    pixels: () => {
      throw new Error('no pixels');
    },
  };
  await inspectJob({ kind: 'inspect', file, size: wantedSize, output }, context);
  expect(sent).toMatchObject([{ type: 'backbone' }]);
  const [message] = sent;
  if (message?.type !== 'backbone') throw new Error('no backbone');
  return { id: 'b', file: output, size: message.size, dim: message.dim };
}

async function reasonOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProblemError);
  return (error as ProblemError).problem.reason;
}

/** A network whose embedding is the mean of each channel, so that the preparation of pixels can be seen in it. */
function meanNetwork(dims: readonly Dimension[], metadata: Record<string, string>): ModelBuilder {
  const builder = new ModelBuilder('mean').metadata(metadata);
  const image = builder.input('image', 'float32', dims);
  const axes = dims[3] === 3 ? [1, 2] : [2, 3];
  const pooled = builder.node('ReduceMean', [image], { axes: ints(axes) });
  const flat = builder.node('Flatten', [pooled]);
  return builder.output('features', flat, { type: 'float32', dims: [dims[0] ?? null, 3] });
}

/** What `meanNetwork` must give: per image and channel, in the model's order. */
function expectedMeans(
  order: readonly number[],
  prepare: (mean: number, channel: number) => number,
): number[] {
  const area = size * size;
  return [0, 1].flatMap((image) =>
    order.map((channel, position) => {
      let sum = 0;
      for (let at = 0; at < area; at++) sum += pixels[(image * area + at) * 3 + channel] ?? 0;
      return prepare(sum / area, position);
    }),
  );
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, at) => expect(value).toBeCloseTo(expected[at] ?? NaN, 4));
}

test('mean and deviation per channel, channels first', async () => {
  const builder = meanNetwork(['N', 3, 'H', 'W'], { input_mean: '10,20,30', input_std: '2,4,8' });
  const expected = expectedMeans([0, 1, 2], (mean, at) => (mean - [10, 20, 30][at]!) / [2, 4, 8][at]!);
  expectClose(await embedBy(builder), expected);
});

test('channels last, blue first', async () => {
  const metadata = { input_mean: '10,20,30', input_std: '1', input_layout: 'BGR NHWC' };
  const expected = expectedMeans([2, 1, 0], (mean, at) => mean - [10, 20, 30][at]!);
  expectClose(await embedBy(meanNetwork(['N', size, size, 3], metadata)), expected);
});

test('half precision inside, single precision outside', async () => {
  const builder = new ModelBuilder('half').metadata({ input_mean: '0', input_std: '2' });
  const pooled = builder.node('GlobalAveragePool', [builder.input('image', 'float16', ['N', 3, size, size])]);
  builder.output('features', builder.node('Flatten', [pooled]), { type: 'float16', dims: ['N', 3] });
  const rows = await embedBy(builder);
  const expected = expectedMeans([0, 1, 2], (mean) => mean / 2);
  rows.forEach((value, at) => expect(value).toBeCloseTo(expected[at] ?? NaN, 0));
});

test('a stored backbone is a model like any other: inspecting it changes nothing', async () => {
  const builder = meanNetwork(['N', 3, size, size], { input_mean: '0.5', input_std: '0.25' });
  const once = await inspect(writeModel(builder.build()), null);
  const session = await InferenceSession.create(once.file);
  const rows = await embedBatch(session, once, { count: 2, pixels });
  const twice = await inspect(await readFile(once.file), null);
  expect(twice).toMatchObject({ size, dim: 3 });
  const again = await embedBatch(await InferenceSession.create(twice.file), twice, { count: 2, pixels });
  expect([...again]).toEqual([...rows]);
});

test('a feature map is averaged over the image; a model made for one image at a time runs on many', async () => {
  const identity = { input_mean: '0', input_std: '1' };
  const map = new ModelBuilder('map').metadata(identity);
  const image = map.input('image', 'float32', [1, 3, size, size]);
  map.output('features', map.node('Relu', [image]), { type: 'float32', dims: [1, 3, size, size] });
  expectClose(
    await embedBy(map),
    expectedMeans([0, 1, 2], (mean) => mean),
  );

  const single = new ModelBuilder('single').metadata(identity);
  const pooled = single.node('GlobalAveragePool', [single.input('image', 'float32', [1, 3, size, size])]);
  const flat = single.node('Reshape', [pooled, single.constant(int64Vector(1, 3))]);
  single.output('features', flat, { type: 'float32', dims: [1, 3] });
  expectClose(
    await embedBy(single),
    expectedMeans([0, 1, 2], (mean) => mean),
  );
});

test('the class token stands for a sequence of tokens', async () => {
  const builder = new ModelBuilder('tokens').metadata({ input_mean: '0', input_std: '1' });
  const image = builder.input('image', 'float32', ['N', 3, size, size]);
  const tokens = builder.node('Reshape', [image, builder.constant(int64Vector(-1, 3, size * size))]);
  builder.output('last_hidden_state', tokens, { type: 'float32', dims: ['N', 3, size * size] });
  const rows = await embedBy(builder);
  const red = (imageAt: number): number[] =>
    Array.from({ length: size * size }, (_, at) => pixels[(imageAt * size * size + at) * 3] ?? NaN);
  expectClose(rows, [...red(0), ...red(1)]);
});

test('what is in the way is told', async () => {
  expect(await reasonOf(inspect(new TextEncoder().encode('not a model'), null))).toContain(
    'not an ONNX model',
  );

  const fancy = new ModelBuilder('fancy');
  const image = fancy.input('image', 'float32', ['N', 3, size, size]);
  fancy.output('features', fancy.node('FancyPool', [image]), { type: 'float32', dims: ['N', 3] });
  expect(await reasonOf(embedBy(fancy))).toContain('FancyPool');

  const fixed = new ModelBuilder('fixed');
  const own = fixed.input('image', 'float32', ['N', 3, size, size]);
  const flat = fixed.node('Flatten', [own]);
  const weights = fixed.constant(float32Tensor([size * size * 3, 2], new Float32Array(size * size * 6)));
  fixed.output('features', fixed.node('MatMul', [flat, weights]), { type: 'float32', dims: ['N', 2] });
  expect(await reasonOf(embedBy(fixed, 7))).toContain(`it was made for ${size} px`);
});

test('numbers that are not finite are told, and nothing is stored', async () => {
  const builder = new ModelBuilder('overflow');
  const image = builder.input('image', 'float32', ['N', 3, size, size]);
  const zero = builder.constant(float32Tensor([], [0]));
  const pooled = builder.node('GlobalAveragePool', [builder.node('Div', [image, zero])]);
  builder.output('features', builder.node('Flatten', [pooled]), { type: 'float32', dims: ['N', 3] });
  await rm(join(folder, 'deep'), { recursive: true, force: true });
  expect(await reasonOf(embedBy(builder))).toContain('not finite');
  await expect(readFile(join(folder, 'deep', 'out.onnx'))).rejects.toThrow();
});

test('pixels of another size than the backbone takes are refused', async () => {
  const backbone = await inspect(writeModel(meanNetwork(['N', 3, size, size], {}).build()), null);
  const session = await InferenceSession.create(backbone.file);
  const work = embedBatch(session, backbone, { count: 3, pixels });
  expect(await reasonOf(work)).toContain('3 images');
});
