import { Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import { ints } from '#graph/attribute.ts';
import { ModelBuilder } from '#graph/builder.ts';
import { crossEntropy } from '#graph/losses/cross-entropy.ts';
import type { Model } from '#graph/model.ts';
import { float32Tensor } from '#graph/tensor.ts';
import { optimizerGraph } from '#graph/training/optimizer-graph.ts';
import { gatherParameters, storeParameters } from '#graph/training/parameter-vector.ts';
import { trainingGraph, type TrainingGraph } from '#graph/training/training-graph.ts';
import { writeModel } from '#graph/write-model.ts';
import { openSession, type Session } from './session.ts';

const [batch, size, classCount] = [8, 6, 3];
const random = seededRandom(5);

/** A convolution, its maxima pooled: [N, 3, 6, 6] → [N, 4]. */
function backbone(): Model {
  const builder = new ModelBuilder('small', 18);
  const image = builder.input('image', 'float32', ['N', 3, size, size]);
  const weights = Float32Array.from({ length: 4 * 27 }, () => random.normal() / 5);
  const filter = builder.constant(float32Tensor([4, 3, 3, 3], weights), 'filter');
  const bias = builder.constant(float32Tensor([4], [0, 0, 0, 0]), 'bias');
  const seen = builder.node('Relu', [
    builder.node('Conv', [image, filter, bias], { kernel_shape: ints([3, 3]) }),
  ]);
  const pooled = builder.node('Flatten', [builder.node('GlobalAveragePool', [seen])]);
  return builder.output('embedding', pooled, { type: 'float32', dims: ['N', 4] }).build();
}

function graphOf(): TrainingGraph {
  const head = {
    ...{ classCount, dim: 4, intercepts: new Float32Array(classCount) },
    coefficients: new Float32Array(classCount * 4),
  };
  const graph = trainingGraph({
    backbone: backbone(),
    ...{ head, batch },
    loss: (ops, { logits, targets }) => crossEntropy(ops, logits, targets),
    isTrained: () => true,
    device: 'cpu',
  });
  if (!graph.ok) throw new Error(graph.error.reason);
  return graph.value;
}

function open(model: Model): Promise<Session> {
  return openSession(writeModel(model), { subject: 'test' });
}

function vector(data: Float32Array): Tensor {
  return new Tensor('float32', data, [data.length]);
}

/** Images that are bright in the channel of their class. */
function batchOf(): { image: Tensor; targets: Tensor; weights: Tensor } {
  const area = size * size;
  const image = new Float32Array(batch * 3 * area);
  const targets = new Float32Array(batch * classCount);
  for (let unit = 0; unit < batch; unit++) {
    const label = unit % classCount;
    targets[unit * classCount + label] = 1;
    for (let i = 0; i < 3 * area; i++) {
      image[unit * 3 * area + i] = random.normal() / 2 + (Math.floor(i / area) === label ? 1 : 0);
    }
  }
  return {
    image: new Tensor('float32', image, [batch, 3, size, size]),
    targets: new Tensor('float32', targets, [batch, classCount]),
    weights: new Tensor('float32', new Float32Array(batch).fill(1 / batch), [batch]),
  };
}

test.each(['sgd', 'adamw'] as const)('%s learns to tell colours apart', async (kind) => {
  const { step, parameters, network } = graphOf();
  let now = gatherParameters(network, parameters);
  const optimizer =
    kind === 'sgd'
      ? ({ kind, momentum: 0.9 } as const)
      : ({ kind, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const);
  const update = await open(optimizerGraph({ optimizer, size: now.length, averageDecay: 0.9 }));
  const session = await open(step);
  const state: Record<string, Tensor> = {};
  for (const name of ['average', 'velocity', 'mean', 'square'])
    state[name] = vector(new Float32Array(now.length));
  const losses: number[] = [];
  for (let t = 1; t <= 60; t++) {
    const { loss, gradient } = await session.run({ ...batchOf(), parameters: vector(now) });
    losses.push(Number(loss?.data[0]));
    const feeds = {
      ...state,
      gradient: must(gradient, 'a gradient'),
      scale: new Tensor('float32', [1], []),
      parameters: vector(now),
      rates: vector(new Float32Array(now.length).fill(1)),
      decays: vector(new Float32Array(now.length)),
      rate: new Tensor('float32', [0.1], []),
      bias1: new Tensor('float32', [1 - 0.9 ** t], []),
      bias2: new Tensor('float32', [1 - 0.999 ** t], []),
    };
    const next = await update.run(
      Object.fromEntries(update.inputNames.map((name) => [name, feeds[name as 'rate']])),
    );
    now = must(next['next parameters'], 'parameters').data as Float32Array<ArrayBuffer>;
    for (const [name, value] of Object.entries(next)) state[name.replace('next ', '')] = value;
  }
  expect(losses[0]).toBeCloseTo(Math.log(classCount), 5);
  expect(losses.at(-1)).toBeLessThan(0.3);

  const trained = await open(storeParameters(network, parameters, now));
  const { image } = batchOf();
  const { logits } = await trained.run({ image });
  const { logits: expected } = await session.run({ ...batchOf(), image, parameters: vector(now) });
  (logits?.data as Float32Array).forEach((value, i) =>
    expect(value).toBeCloseTo(Number(expected?.data[i]), 4),
  );
});
