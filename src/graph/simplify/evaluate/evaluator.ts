import type { DataType } from '../../data-type.ts';
import type { NodeFacts } from '../../shapes/facts.ts';
import type { NumericTensor } from '../../tensor.ts';

/** A node whose inputs are all stored, and what its output is. */
export interface Evaluation {
  readonly node: NodeFacts;
  readonly inputs: readonly NumericTensor[];
  readonly type: DataType;
  readonly dims: readonly number[];
}

/** Computes the output of a node; null where it is left to the runtime. */
export type Evaluator = (evaluation: Evaluation) => NumericTensor | null;
