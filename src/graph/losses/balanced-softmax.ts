import type { Ops } from '../gradients/ops.ts';
import { crossEntropy } from './cross-entropy.ts';
import type { LossValues } from './loss.ts';

export interface BalancedSoftmax {
  /** Labels of each class; a class without counts as one with one. */
  readonly counts: readonly number[];
  /** How much of the prior is put in: 0 is cross-entropy, 1 balanced softmax. */
  readonly tau: number;
}

/**
 * Cross-entropy of logits + tau · log prior: the network need not learn how frequent classes are, so that its own
 * logits stand for classes of equal frequency (balanced softmax: Ren et al. 2020; logit adjustment: Menon et al. 2021).
 * @returns [N]
 */
export function balancedSoftmax(
  ops: Ops,
  { logits, targets }: Pick<LossValues, 'logits' | 'targets'>,
  { counts, tau }: BalancedSoftmax,
): string {
  const known = counts.map((count) => Math.max(1, count));
  const total = known.reduce((sum, count) => sum + count, 0);
  const offsets = known.map((count) => tau * Math.log(count / total));
  return crossEntropy(ops, ops.add(logits, ops.numbers([1, counts.length], offsets)), targets);
}
