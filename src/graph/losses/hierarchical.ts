import { must } from '#base/assert.ts';
import type { Ops } from '../gradients/ops.ts';
import { classDistances, type ClassTree } from './class-tree.ts';
import { crossEntropy } from './cross-entropy.ts';
import type { LossValues } from './loss.ts';

export interface Hierarchy {
  /** For each level, the group of each class, as `classLevels` gives them. */
  readonly levels: readonly (readonly number[])[];
  /** How much each level counts. */
  readonly weights: readonly number[];
}

/** Keeps logarithms finite where a whole group is given up; the level of the classes still pulls there. */
const leastProbability = 1e-30;

/**
 * Σ over the levels of a taxonomy of weight · cross-entropy, where the probability of a group is the sum of those of its
 * classes: to take a class for its sibling costs less than to take it for something else.
 * @returns [N]
 */
export function hierarchicalCrossEntropy(
  ops: Ops,
  values: Pick<LossValues, 'logits' | 'targets'>,
  { levels, weights }: Hierarchy,
): string {
  const probabilities = ops.softmax(values.logits, 1);
  const losses = levels.map((groups, level) =>
    ops.mul(levelLoss(ops, { ...values, probabilities }, groups), must(weights[level], 'a weight')),
  );
  return losses.reduce((sum, loss) => ops.add(sum, loss));
}

function levelLoss(
  ops: Ops,
  { logits, targets, probabilities }: { logits: string; targets: string; probabilities: string },
  groups: readonly number[],
): string {
  const count = new Set(groups).size;
  if (count === groups.length) return crossEntropy(ops, logits, targets);
  const members = groups.flatMap((group) => Array.from({ length: count }, (_, i) => Number(i === group)));
  const sums = ops.numbers([groups.length, count], members);
  const logs = ops.node('Log', [ops.add(ops.matMul(probabilities, sums), leastProbability)]);
  return ops.neg(ops.sum(ops.mul(ops.matMul(targets, sums), logs), [1]));
}

/**
 * What a label of each class becomes when it is spread over the taxonomy: proportional to exp(−beta · distance)
 * (Bertinetto et al. 2020, soft labels).
 * @returns classes × classes, each row a distribution
 */
export function softLabels(tree: ClassTree, beta: number): readonly (readonly number[])[] {
  return classDistances(tree).map((row) => {
    const shares = row.map((distance) => Math.exp(-beta * distance));
    const sum = shares.reduce((total, share) => total + share, 0);
    return shares.map((share) => share / sum);
  });
}

/**
 * Cross-entropy with labels that are spread first.
 * @param rows what a label of each class becomes
 * @returns [N]
 */
export function softLabelCrossEntropy(
  ops: Ops,
  { logits, targets }: Pick<LossValues, 'logits' | 'targets'>,
  rows: readonly (readonly number[])[],
): string {
  const spread = ops.matMul(targets, ops.numbers([rows.length, rows.length], rows.flat()));
  return crossEntropy(ops, logits, spread);
}
