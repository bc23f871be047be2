import type { Ops } from '../gradients/ops.ts';

/**
 * The class of each unit, whatever share of its label is spread over others.
 * @param targets [N, K]
 * @returns [N, K]: 1 at the largest target of each row, else 0
 */
export function likeliestClass(ops: Ops, targets: string): string {
  return ops.cast(ops.equal(targets, ops.max(targets, [1], true)), 'float32');
}
