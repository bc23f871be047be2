import { expect, test } from 'vitest';
import { checkLoss, lossNumbers, noise, oneHot } from '#test/support/loss-check.ts';
import { expectClose } from '#test/support/oracle.ts';
import { real, type Value } from '#test/support/reference/value.ts';
import { must } from '#base/assert.ts';
import type { Ops } from '../gradients/ops.ts';
import { tripletLoss } from './triplet.ts';

const named = { embedding: 'embedding', targets: 'targets', weights: 'weights' };
const margin = 0.6;
const loss = (ops: Ops): string => tripletLoss(ops, named, margin);

const labels = [0, 0, 1, 1, 2, 0];
/** The third class has one unit; the last unit is no part of the batch. */
const feeds = {
  embedding: noise([6, 4], 4),
  targets: oneHot(labels, 3, 0.1),
  weights: real([6], [0.2, 0.2, 0.2, 0.2, 0.2, 0]),
};

/** The definition, unit by unit. */
function expectedLoss(embedding: Value): readonly number[] {
  const [count = 0, dim = 0] = embedding.dims;
  const vectors = Array.from({ length: count }, (_, i) => {
    const row = [...embedding.data.subarray(i * dim, (i + 1) * dim)];
    const length = Math.hypot(...row);
    return row.map((x) => x / length);
  });
  const distance = (i: number, j: number): number =>
    must(vectors[i], 'a row').reduce((sum, x, at) => sum + (x - must(vectors[j]?.[at], 'a row')) ** 2, 0);
  return vectors.map((_, i) => {
    const others = [0, 1, 2, 3, 4].filter((j) => j !== i && i < 5);
    const alike = others.filter((j) => labels[j] === labels[i]).map((j) => distance(i, j));
    const unlike = others.filter((j) => labels[j] !== labels[i]).map((j) => distance(i, j));
    if (alike.length === 0) return 0;
    return Math.max(0, Math.max(...alike) - Math.min(...unlike) + margin);
  });
}

test('it is the hardest triplet of each unit', () => {
  const found = lossNumbers(loss, feeds, ['embedding']);
  expectClose(found.loss, [...expectedLoss(feeds.embedding)], 1e-6);
  expect(found.loss.some((each) => each > 0)).toBe(true);
});

test('without a partner of its class, or outside the batch, a unit has no loss', () => {
  const { loss: found } = lossNumbers((ops) => tripletLoss(ops, named, 2), feeds, ['embedding']);
  expect(found.slice(4)).toEqual([0, 0]);
});

test('the length of embeddings does not matter', () => {
  const longer = {
    ...feeds,
    embedding: { ...feeds.embedding, data: feeds.embedding.data.map((x) => 9 * x) },
  };
  expectClose(lossNumbers(loss, longer, []).loss, [...lossNumbers(loss, feeds, []).loss], 1e-6);
});

test('gradients', async () => {
  await checkLoss(loss, feeds, ['embedding']);
});
