import { assert, must } from '#base/assert.ts';
import type { Ops } from '../gradients/ops.ts';
import { crossEntropy } from './cross-entropy.ts';
import { likeliestClass } from './likeliest-class.ts';
import type { LossValues } from './loss.ts';

/**
 * Class-balanced weights (1 − beta) / (1 − betaⁿ), n = the labels of a class (Cui et al. 2019), scaled to a mean of 1
 * over all labels, so that learning rates keep their meaning: beta = 0 weighs all alike, 1 is N / (K · n). A class
 * without labels weighs 0.
 */
export function classWeights(counts: readonly number[], beta: number): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  assert(total > 0, 'there are labels');
  const raw = counts.map((count) => (count === 0 ? 0 : weightOf(count, beta)));
  const sum = counts.reduce((all, count, label) => all + count * must(raw[label], 'a weight'), 0);
  return raw.map((weight) => (weight * total) / sum);
}

/** 1 / n is the limit for beta = 1. */
function weightOf(count: number, beta: number): number {
  return beta === 1 ? 1 / count : (1 - beta) / (1 - beta ** count);
}

/**
 * Cross-entropy of each unit, times the weight of its class.
 * @param weights of each class
 * @returns [N]
 */
export function weightedCrossEntropy(
  ops: Ops,
  { logits, targets }: Pick<LossValues, 'logits' | 'targets'>,
  weights: readonly number[],
): string {
  const ofClasses = ops.numbers([1, weights.length], weights);
  const ofUnits = ops.sum(ops.mul(likeliestClass(ops, targets), ofClasses), [1]);
  return ops.mul(crossEntropy(ops, logits, targets), ofUnits);
}
