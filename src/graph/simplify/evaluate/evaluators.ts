import { must } from '#base/assert.ts';
import { elementwiseEvaluators } from './elementwise.ts';
import type { Evaluator } from './evaluator.ts';
import { concat, expand, gather, reshaped, slice, transpose } from './move.ts';

/** How operators are computed whose inputs are all stored. */
export const evaluators: Readonly<Record<string, Evaluator | undefined>> = {
  ...elementwiseEvaluators,
  Identity: ({ inputs }) => must(inputs[0], 'a first input'),
  Reshape: reshaped,
  Flatten: reshaped,
  Squeeze: reshaped,
  Unsqueeze: reshaped,
  Transpose: transpose,
  Concat: concat,
  Slice: slice,
  Gather: gather,
  Expand: expand,
};
