import type { Ops } from '../gradients/ops.ts';
import type { Tensor } from '../tensor.ts';

export interface DomainValues {
  /** [N, dim]. */
  readonly embedding: string;
  /** [N]: 0 or 1, −1 = no part of either. */
  readonly domains: string;
}

/** What is added to a loss so that two domains come to lie alike in the embedding. */
export interface DomainTerm {
  /** Adds it to a model under construction: a scalar. */
  readonly add: (ops: Ops, values: DomainValues) => string;
  /** Numbers that it reads by name, and that are trained to make it large while all others make it small. */
  readonly opponents: ReadonlyMap<string, Tensor>;
}
