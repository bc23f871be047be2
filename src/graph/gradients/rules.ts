import { clip, relu } from './activation.ts';
import { add, mul, sub } from './arithmetic.ts';
import { conv } from './conv.ts';
import { gemm } from './gemm.ts';
import { reshaped } from './layout.ts';
import { globalAveragePool, maxPool } from './pooling.ts';
import { reduceSum } from './reduction.ts';
import type { GradientRule } from './rule.ts';
import { logSoftmax } from './softmax.ts';

/** The gradient rule of each operator that can be trained through. */
export const gradientRules: Readonly<Record<string, GradientRule | undefined>> = {
  Add: add,
  Sub: sub,
  Mul: mul,
  Gemm: gemm,
  Conv: conv,
  Relu: relu,
  Clip: clip,
  GlobalAveragePool: globalAveragePool,
  MaxPool: maxPool,
  Reshape: reshaped,
  Flatten: reshaped,
  LogSoftmax: logSoftmax,
  ReduceSum: reduceSum,
};
