import { expect, test } from 'vitest';
import { checkLoss, lossNumbers, noise } from '#test/support/loss-check.ts';
import { expectClose } from '#test/support/oracle.ts';
import { real } from '#test/support/reference/value.ts';
import type { Ops } from '../gradients/ops.ts';
import { domainClassifier, reversedDomainLoss } from './gradient-reversal.ts';

const loss = (ops: Ops): string => reversedDomainLoss(ops, { embedding: 'embedding', domains: 'domains' });

const [weight, bias] = [noise([1, 3], 2), real([1], [0.3])];
const numbers = { 'domain weight': weight, 'domain bias': bias };
const feeds = { ...numbers, embedding: noise([4, 3], 1), domains: real([4], [0, 1, 1, -1]) };

test('it is minus the mean loss of a logistic classifier', () => {
  const probabilities = [0, 1, 2].map((unit) => {
    const row = [...feeds.embedding.data.subarray(3 * unit, 3 * unit + 3)];
    const logit = row.reduce((sum, x, i) => sum + x * (weight.data[i] ?? NaN), 0.3);
    return 1 / (1 + Math.exp(-logit));
  });
  const [a = NaN, b = NaN, c = NaN] = probabilities;
  expectClose(lossNumbers(loss, feeds, []).loss, [(Math.log(1 - a) + Math.log(b) + Math.log(c)) / 3], 1e-9);
});

test('units of neither domain get a gradient of exactly 0', () => {
  const [gradient = []] = lossNumbers(loss, feeds, ['embedding']).gradients;
  expect(gradient.map((slope) => slope !== 0)).toEqual([
    ...Array<boolean>(9).fill(true),
    false,
    false,
    false,
  ]);
});

test('a batch without domains has no loss', () => {
  const none = lossNumbers(loss, { ...feeds, domains: real([4], [-1, -1, -1, -1]) }, []);
  expect(none.loss.map(Math.abs)).toEqual([0]);
});

test('the classifier begins undecided', () => {
  const start = [...domainClassifier(3).values()].map(({ dims }) => dims);
  expect(start).toEqual([[1, 3], [1]]);
  const undecided = { ...feeds, 'domain weight': noise([1, 3], 1, 0), 'domain bias': real([1], [0]) };
  expectClose(lossNumbers(loss, undecided, []).loss, [-Math.LN2], 1e-9);
});

test('gradients', async () => {
  await checkLoss(loss, feeds, ['embedding', 'domain weight', 'domain bias']);
});
