import type { Ops } from '../gradients/ops.ts';
import type { LossValues } from './loss.ts';

/**
 * A yes or no for every class on its own, of each unit: Σₖ log(1 + e^zₖ) − tₖ · zₖ over the classes of which the answer
 * is known. That is −t · log σ(z) − (1 − t) · log(1 − σ(z)) without the logarithm of a 0.
 * @param values targets [N, K]: a share from 0 (no) to 1 (yes), or −1 = unknown, which counts for nothing
 * @returns [N]
 */
export function binaryCrossEntropy(
  ops: Ops,
  { logits, targets }: Pick<LossValues, 'logits' | 'targets'>,
): string {
  const isKnown = ops.greater(targets, -0.5);
  const each = ops.sub(ops.node('Softplus', [logits]), ops.mul(targets, logits));
  return ops.sum(ops.keep(each, isKnown), [1]);
}
