import type { Ops } from '../gradients/ops.ts';

/** What a loss is made of, for N units and K classes. */
export interface LossValues {
  /** [N, K]. */
  readonly logits: string;
  /** [N, K], each row a distribution; a one-hot row is a hard label. */
  readonly targets: string;
  /** [N, dim]. */
  readonly embedding: string;
  /** [N]: what the loss of each unit is multiplied by; a unit with 0 is no part of the batch. */
  readonly weights: string;
}

/**
 * Adds a loss to a model under construction, as ordinary operators: that of each unit, [N], or one for all of them.
 * Gradients flow back to the logits and the embedding.
 */
export type Loss = (ops: Ops, values: LossValues) => string;
