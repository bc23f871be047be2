import {
  clip,
  elu,
  gelu,
  hardSigmoid,
  hardSwish,
  leakyRelu,
  prelu,
  relu,
  sigmoid,
  softplus,
  tanh,
} from './activation.ts';
import { add, div, extreme, mean, mul, pow, sub, where } from './arithmetic.ts';
import { convTranspose } from './conv-transpose.ts';
import { conv } from './conv.ts';
import { gemm } from './gemm.ts';
import { expand, reshaped, tile, transpose } from './layout.ts';
import { matMul } from './mat-mul.ts';
import { batchNormalization, instanceNormalization, layerNormalization } from './normalization.ts';
import { pad } from './pad.ts';
import { averagePool, globalAveragePool, globalMaxPool, maxPool } from './pooling.ts';
import { reduceExtreme, reduceL2, reduceMean, reduceSum, reduceSumSquare } from './reduction.ts';
import { resize } from './resize.ts';
import type { GradientRule } from './rule.ts';
import { concat, cumSum, gather, slice, split } from './selection.ts';
import { logSoftmax, softmax } from './softmax.ts';
import { abs, dropout, erf, exp, flat, log, neg, reciprocal, sqrt, unchanged } from './unary.ts';

/** The gradient rule of each operator that can be trained through. */
export const gradientRules: Readonly<Record<string, GradientRule | undefined>> = {
  Add: add,
  Sum: add,
  Mean: mean,
  Sub: sub,
  Mul: mul,
  Div: div,
  Pow: pow,
  Max: extreme,
  Min: extreme,
  Where: where,
  Identity: unchanged,
  Cast: unchanged,
  Dropout: dropout,
  Neg: neg,
  Abs: abs,
  Sqrt: sqrt,
  Reciprocal: reciprocal,
  Exp: exp,
  Log: log,
  Erf: erf,
  Sign: flat,
  Floor: flat,
  Ceil: flat,
  Round: flat,
  MatMul: matMul,
  Gemm: gemm,
  Conv: conv,
  ConvTranspose: convTranspose,
  Relu: relu,
  LeakyRelu: leakyRelu,
  PRelu: prelu,
  Elu: elu,
  Clip: clip,
  Sigmoid: sigmoid,
  HardSigmoid: hardSigmoid,
  HardSwish: hardSwish,
  Tanh: tanh,
  Softplus: softplus,
  Gelu: gelu,
  GlobalAveragePool: globalAveragePool,
  GlobalMaxPool: globalMaxPool,
  AveragePool: averagePool,
  MaxPool: maxPool,
  Reshape: reshaped,
  Flatten: reshaped,
  Squeeze: reshaped,
  Unsqueeze: reshaped,
  Transpose: transpose,
  Expand: expand,
  Tile: tile,
  Concat: concat,
  Split: split,
  Slice: slice,
  Gather: gather,
  Pad: pad,
  Resize: resize,
  CumSum: cumSum,
  Softmax: softmax,
  LogSoftmax: logSoftmax,
  LayerNormalization: layerNormalization,
  BatchNormalization: batchNormalization,
  InstanceNormalization: instanceNormalization,
  ReduceSum: reduceSum,
  ReduceMean: reduceMean,
  ReduceMax: reduceExtreme,
  ReduceMin: reduceExtreme,
  ReduceSumSquare: reduceSumSquare,
  ReduceL2: reduceL2,
};
