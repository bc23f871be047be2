import type { Ops } from '../gradients/ops.ts';
import type { LossValues } from './loss.ts';
import { unitPairs } from './unit-pairs.ts';

/** Takes a pair out of a softmax. */
const never = 1e9;

/**
 * Supervised contrastive loss (Khosla et al. 2020, eq. 2: the mean outside the logarithm), of each unit i with others P
 * of its class among all others A in the batch: −1/|P| · Σₚ log(exp(sᵢₚ / temperature) / Σₐ exp(sᵢₐ / temperature)), s = the
 * cosine of two embeddings. A unit alone of its class has no loss.
 * @returns [N]
 */
export function supervisedContrastive(
  ops: Ops,
  values: Pick<LossValues, 'embedding' | 'targets' | 'weights'>,
  temperature: number,
): string {
  const { similarity, alike, unlike } = unitPairs(ops, values);
  const isOutside = ops.sub(1, ops.add(alike, unlike));
  const scores = ops.sub(ops.mul(similarity, 1 / temperature), ops.mul(isOutside, never));
  const agreement = ops.sum(ops.mul(alike, ops.node('LogSoftmax', [scores])), [1]);
  const partners = ops.node('Max', [ops.sum(alike, [1]), ops.scalar(1)]);
  return ops.neg(ops.div(agreement, partners));
}
