import { expect, test } from 'vitest';
import { checkLoss, lossNumbers, noise, oneHot } from '#test/support/loss-check.ts';
import { expectClose } from '#test/support/oracle.ts';
import { real, type Value } from '#test/support/reference/value.ts';
import { must } from '#base/assert.ts';
import { seededRandom, shuffle } from '#base/random.ts';
import type { Ops } from '../gradients/ops.ts';
import { supervisedContrastive } from './supervised-contrastive.ts';

const named = { embedding: 'embedding', targets: 'targets', weights: 'weights' };
const temperature = 0.25;
const loss = (ops: Ops): string => supervisedContrastive(ops, named, temperature);

const labels = [0, 0, 1, 1, 0, 2, 1];
/** The third class has one unit; the last unit is no part of the batch. */
const feeds = {
  embedding: noise([7, 4], 5),
  targets: oneHot(labels, 3, 0.1),
  weights: real([7], [0.1, 0.1, 0.2, 0.2, 0.2, 0.2, 0]),
};

/** Equation 2 of Khosla et al. 2020, unit by unit. */
function expectedLoss(embedding: Value): readonly number[] {
  const [count = 0, dim = 0] = embedding.dims;
  const row = (i: number): number[] => [...embedding.data.subarray(i * dim, (i + 1) * dim)];
  const score = (i: number, j: number): number => {
    const [a, b] = [row(i), row(j)];
    const product = a.reduce((sum, x, at) => sum + x * must(b[at], 'a number'), 0);
    return Math.exp(product / (Math.hypot(...a) * Math.hypot(...b)) / temperature);
  };
  return Array.from({ length: count }, (_, i) => {
    const others = [0, 1, 2, 3, 4, 5].filter((j) => j !== i);
    const partners = i === 6 ? [] : others.filter((j) => labels[j] === labels[i]);
    if (partners.length === 0) return 0;
    const all = others.reduce((sum, j) => sum + score(i, j), 0);
    return partners.reduce((sum, j) => sum - Math.log(score(i, j) / all), 0) / partners.length;
  });
}

test('it is the mean over partners of the log share of each', () => {
  expectClose(lossNumbers(loss, feeds, []).loss, [...expectedLoss(feeds.embedding)], 1e-6);
});

test('it does not depend on the order of units', () => {
  const order = shuffle([...labels.keys()], seededRandom(2));
  const moved = (value: Value): Value => {
    const width = value.data.length / labels.length;
    const data = order.flatMap((from) => [...value.data.subarray(from * width, (from + 1) * width)]);
    return real(value.dims, data);
  };
  const shuffled = Object.fromEntries(Object.entries(feeds).map(([name, value]) => [name, moved(value)]));
  const [plain, found] = [lossNumbers(loss, feeds, []), lossNumbers(loss, shuffled, [])];
  expectClose(
    found.loss,
    order.map((from) => plain.loss[from]),
    1e-9,
  );
});

test('units of one direction have the least loss, that of drawing a partner by chance', () => {
  const one = {
    ...feeds,
    embedding: real(
      [7, 4],
      Array.from({ length: 28 }, (_, i) => 1 + (i % 4)),
    ),
  };
  const { loss: found } = lossNumbers(loss, one, []);
  expectClose(found.slice(0, 2), [Math.log(5), Math.log(5)], 1e-6);
});

test('gradients', async () => {
  await checkLoss(loss, feeds, ['embedding']);
});

test('a batch of one unit has no loss and no gradient', () => {
  const alone = { embedding: noise([1, 4], 1), targets: oneHot([0], 2), weights: real([1], [1]) };
  const found = lossNumbers(loss, alone, ['embedding']);
  expect(found.loss.map(Math.abs)).toEqual([0]);
  expect(found.gradients[0]?.every((slope) => slope === 0)).toBe(true);
});
