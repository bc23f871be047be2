import type { Ops } from '../gradients/ops.ts';

/**
 * Softmax cross-entropy with soft labels, of each unit: −Σₖ tₖ · log softmax(z)ₖ.
 * @param logits [N, K]
 * @param targets [N, K], each row a distribution; a one-hot row is a hard label
 * @returns [N]
 */
export function crossEntropy(ops: Ops, logits: string, targets: string): string {
  const logProbabilities = ops.node('LogSoftmax', [logits]);
  return ops.mul(ops.sum(ops.mul(targets, logProbabilities), [1]), -1);
}
