import { conv, convTranspose, globalPool, pool } from './convolution.ts';
import { arithmetic, cast, dropout, equal, sameAsFirst, truth, where } from './elementwise.ts';
import type { ShapeRule } from './facts.ts';
import {
  constantOfShape,
  expand,
  flatten,
  range,
  reshape,
  shape,
  size,
  squeeze,
  tile,
  transpose,
  unsqueeze,
} from './layout.ts';
import { gemm, matMul } from './linear.ts';
import { arg, batchNormalization, layerNormalization, reduce } from './reduction.ts';
import { concat, gather, pad, resize, slice, split } from './selection.ts';

function all(names: string, rule: ShapeRule): Readonly<Record<string, ShapeRule>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, rule]));
}

/** The shape rule of each standard operator that is understood, as of operator set 18. */
export const shapeRules: Readonly<Record<string, ShapeRule | undefined>> = {
  ...all('Identity Relu LeakyRelu Clip Sigmoid HardSigmoid HardSwish Tanh Erf Gelu Elu Selu', sameAsFirst),
  ...all('Neg Abs Sign Sqrt Exp Log Reciprocal Floor Ceil Round Softplus Softsign Mish Not', sameAsFirst),
  ...all('Softmax LogSoftmax CumSum ScatterElements ScatterND LRN', sameAsFirst),
  ...all('Add Sub Mul Div Pow Min Max PRelu Sum Mean', arithmetic),
  Equal: equal,
  ...all('Greater Less GreaterOrEqual LessOrEqual And Or', truth),
  Where: where,
  Cast: cast,
  Dropout: dropout,
  Conv: conv,
  ConvTranspose: convTranspose,
  ...all('MaxPool AveragePool', pool),
  ...all('GlobalAveragePool GlobalMaxPool', globalPool),
  MatMul: matMul,
  Gemm: gemm,
  ...all('ReduceSum ReduceMean ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2', reduce),
  ...all('ReduceSumSquare ReduceLogSum ReduceLogSumExp', reduce),
  ...all('ArgMax ArgMin', arg),
  ...all('InstanceNormalization GroupNormalization LpNormalization', sameAsFirst),
  LayerNormalization: layerNormalization,
  BatchNormalization: batchNormalization,
  Reshape: reshape,
  Flatten: flatten,
  Transpose: transpose,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Expand: expand,
  Tile: tile,
  Shape: shape,
  Size: size,
  Range: range,
  ConstantOfShape: constantOfShape,
  Gather: gather,
  Concat: concat,
  Split: split,
  Slice: slice,
  Pad: pad,
  Resize: resize,
};
