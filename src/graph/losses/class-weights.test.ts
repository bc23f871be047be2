import { expect, test } from 'vitest';
import { checkLoss, lossNumbers, noise, oneHot } from '#test/support/loss-check.ts';
import { expectClose, oracleCases } from '#test/support/oracle.ts';
import { must } from '#base/assert.ts';
import { classWeights, weightedCrossEntropy } from './class-weights.ts';
import { crossEntropy } from './cross-entropy.ts';

const cases = oracleCases('class-weights.json');

function scaledTo(total: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => (weight * total) / sum);
}

test.each(cases)('weights: $name', ({ inputs, expected, tolerance }) => {
  const { counts, beta } = inputs as { counts: number[]; beta: number };
  const weights = classWeights(counts, beta);
  expectClose(scaledTo(counts.length, weights), expected['effectiveNumberNormalised'], tolerance);
  expectClose(classWeights(counts, 1), expected['balanced'], tolerance);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const all = counts.reduce((sum, count, label) => sum + count * must(weights[label], 'a weight'), 0);
  expect(all).toBeCloseTo(total, 8);
});

test('beta 0 weighs all alike, and a class without labels nothing', () => {
  expect(classWeights([5, 0, 20], 0)).toEqual([1, 0, 1]);
  expect(classWeights([5, 0, 20], 1)[1]).toBe(0);
});

const feeds = { logits: noise([5, 3], 3), targets: oneHot([0, 1, 2, 2, 1], 3, 0.1) };

test('the weight of a unit is that of its class, whatever is spread over others', () => {
  const weights = [0.5, 2, 7];
  const plain = lossNumbers((ops) => crossEntropy(ops, 'logits', 'targets'), feeds);
  const weighted = lossNumbers((ops) => weightedCrossEntropy(ops, named, weights), feeds);
  const factors = [0.5, 2, 7, 7, 2];
  expectClose(
    weighted.loss,
    plain.loss.map((loss, unit) => loss * must(factors[unit], 'a factor')),
    1e-9,
  );
});

const named = { logits: 'logits', targets: 'targets' };

test('gradients', async () => {
  await checkLoss((ops) => weightedCrossEntropy(ops, named, [0.5, 2, 7]), feeds);
});
