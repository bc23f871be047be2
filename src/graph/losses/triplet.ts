import type { Ops } from '../gradients/ops.ts';
import type { LossValues } from './loss.ts';
import { unitPairs } from './unit-pairs.ts';

/** Beyond any cosine, so far that a unit without a partner has no loss at any margin up to 2. */
const noPartner = 3;

/**
 * Triplet loss on embeddings of length 1 (Schroff et al. 2015), of each unit: by how much the most different one of its
 * class is not nearer, by a margin, than the most similar one of the others, in squared distance:
 * max(0, d²⁺ − d²⁻ + margin). Of all triplets only the hardest of each unit is taken (batch-hard: Hermans et al. 2017):
 * all of them would take memory by the cube of the batch, and most would ask for nothing. A wrong label is the hardest
 * partner of its class, though: while labels are doubtful, supervised contrastive learning, which averages, is the
 * better choice. A unit without a partner in the batch has no loss.
 * @param margin 0 to 2
 * @returns [N]
 */
export function tripletLoss(
  ops: Ops,
  values: Pick<LossValues, 'embedding' | 'targets' | 'weights'>,
  margin: number,
): string {
  const { similarity, alike, unlike } = unitPairs(ops, values);
  const farthest = ops.min(ops.where(ops.greater(alike, 0), similarity, noPartner), [1]);
  const nearest = ops.max(ops.where(ops.greater(unlike, 0), similarity, -noPartner), [1]);
  // Of directions, the squared distance is 2 − 2 · cosine.
  return ops.node('Relu', [ops.add(ops.mul(ops.sub(nearest, farthest), 2), margin)]);
}
