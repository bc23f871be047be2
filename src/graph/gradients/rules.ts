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
import { conv } from './conv.ts';
import { gemm } from './gemm.ts';
import { expand, reshaped, tile, transpose } from './layout.ts';
import { matMul } from './mat-mul.ts';
import { globalAveragePool, maxPool } from './pooling.ts';
import { reduceExtreme, reduceL2, reduceMean, reduceSum, reduceSumSquare } from './reduction.ts';
import type { GradientRule } from './rule.ts';
import { logSoftmax, softmax } from './softmax.ts';
import { abs, erf, exp, flat, log, neg, reciprocal, sqrt, unchanged } from './unary.ts';

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
  Dropout: unchanged,
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
  MaxPool: maxPool,
  Reshape: reshaped,
  Flatten: reshaped,
  Squeeze: reshaped,
  Unsqueeze: reshaped,
  Transpose: transpose,
  Expand: expand,
  Tile: tile,
  Softmax: softmax,
  LogSoftmax: logSoftmax,
  ReduceSum: reduceSum,
  ReduceMean: reduceMean,
  ReduceMax: reduceExtreme,
  ReduceMin: reduceExtreme,
  ReduceSumSquare: reduceSumSquare,
  ReduceL2: reduceL2,
};
