import type { Ops } from '../gradients/ops.ts';
import { crossEntropy } from './cross-entropy.ts';
import type { LossValues } from './loss.ts';

/** Below what single precision leaves of 1 − p; a power of exactly 0 has no slope when gamma < 1. */
const leastDoubt = 1e-8;

/**
 * Focal loss: −Σₖ tₖ · (1 − pₖ)^gamma · log pₖ, in which what is predicted well counts less (Lin et al. 2017). Gamma 0 is
 * cross-entropy.
 * @returns [N]
 */
export function focalLoss(
  ops: Ops,
  { logits, targets }: Pick<LossValues, 'logits' | 'targets'>,
  gamma: number,
): string {
  if (gamma === 0) return crossEntropy(ops, logits, targets);
  const logProbabilities = ops.node('LogSoftmax', [logits]);
  const doubt = ops.sub(1, ops.node('Exp', [logProbabilities]));
  const bounded = ops.node('Max', [doubt, ops.scalar(leastDoubt)]);
  const focus = ops.node('Pow', [bounded, ops.scalar(gamma)]);
  return ops.neg(ops.sum(ops.mul(targets, ops.mul(focus, logProbabilities)), [1]));
}
