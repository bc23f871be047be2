import { activations } from './activation.ts';
import type { Operators } from './call.ts';
import { convolutions } from './convolution.ts';
import { elementwise } from './elementwise.ts';
import { layouts } from './layout.ts';
import { linear } from './linear.ts';
import { normalizations } from './normalization.ts';
import { pad } from './pad.ts';
import { poolings } from './pooling.ts';
import { reductions } from './reduction.ts';
import { resize } from './resize.ts';
import { selections } from './selection.ts';

/** The operators of ONNX in operations of TensorFlow.js. */
export const operators: Operators = {
  ...elementwise,
  ...activations,
  ...linear,
  ...convolutions,
  ...poolings,
  ...reductions,
  ...normalizations,
  ...layouts,
  ...selections,
  Pad: pad,
  Resize: resize,
};
