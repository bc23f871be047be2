import { Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import type { Sampling } from '#contract/training.ts';
import { ModelBuilder } from '#graph/builder.ts';
import type { JobOf } from '../job-context.ts';
import type { Epochs } from './epochs.ts';
import { openEpochs, type EpochsSource } from './open-epochs.ts';

// Images are one number each, and their embedding is this number. Those at every other position are trained on.
const [large, small] = [24, 4];
const count = 2 * (large + small);
const values = Float32Array.from(
  { length: count },
  (_, image) => (image % 4 === 0 ? 100 : 0) + image / count,
);
const labels = Int32Array.from({ length: count }, (_, image) => (image < 2 * large ? 0 : 1));
const train = Int32Array.from({ length: count / 2 }, (_, at) => 2 * at);

function source(): EpochsSource {
  const builder = new ModelBuilder('identity');
  const input = builder.input('pixels', 'float32', ['N', 1]);
  const embedding = builder.node('Identity', [input]);
  const network = builder.output('embedding', embedding, { type: 'float32', dims: ['N', 1] }).build();
  const read = (positions: Int32Array): Promise<Tensor> =>
    Promise.resolve(
      new Tensor(
        'float32',
        Float32Array.from(positions, (at) => values[at] ?? 0),
        [positions.length, 1],
      ),
    );
  return { network, inputs: { read }, provider: 'cpu' };
}

function open(sampling: Sampling): Promise<Epochs> {
  const job = { train, labels, settings: { sampling, seed: 3 } } as unknown as JobOf<'tune'>;
  return openEpochs(job, source());
}

function sizes(order: Int32Array): number[] {
  return [0, 1].map((label) => order.filter((image) => labels[image] === label).length);
}

test.each<[Sampling, number[]]>([
  ['natural', [large, small]],
  ['balanced', [14, 14]],
  ['over', [large, large]],
  ['under', [small, small]],
  ['hard', [large, small]],
])('%s: an epoch holds so many of each class, and only what is trained on', async (sampling, expected) => {
  const epochs = await open(sampling);
  for (const epoch of [0, 1, 7]) {
    expect(sizes(epochs.order(epoch))).toEqual(expected);
    expect(epochs.order(epoch).every((image) => image % 2 === 0)).toBe(true);
    expect(epochs.length).toBe(epochs.order(epoch).length);
  }
  expect(epochs.order(1)).not.toEqual(epochs.order(0));
  expect(epochs.order(0)).toEqual((await open(sampling)).order(0));
});

test('centroids: images from both ends of a large class stand for it, the same in every epoch', async () => {
  const epochs = await open('centroids');
  const kept = [...epochs.order(0)].filter((image) => labels[image] === 0);
  expect(kept.length).toBeLessThanOrEqual(small);
  expect(new Set(kept.map((image) => (values[image] ?? 0) > 50))).toEqual(new Set([true, false]));
  expect([...epochs.order(5)].sort((a, b) => a - b)).toEqual([...epochs.order(0)].sort((a, b) => a - b));
});

test('epochs follow losses, at the same length', async () => {
  const epochs = await open('hard');
  const losses = Float32Array.from(train, (_, place) => (place === 5 ? 30 : 0.1));
  epochs.follow(losses);
  const order = epochs.order(1);
  expect(order.length).toBe(epochs.length);
  expect(order.filter((image) => image === 10).length).toBeGreaterThan(10);
  expect(epochs.losses).toBe(losses);
});

test.each(['smote', 'ensemble'] as const)('%s is refused in words', async (sampling) => {
  await expect(open(sampling)).rejects.toThrow('choose another sampling');
});
