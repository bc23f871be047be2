import { must } from '../../../src/base/assert.ts';
import { dataTypes, type DataType } from '../../../src/graph/data-type.ts';
import type { Call, Operator, Operators } from './call.ts';
import { erf } from './erf.ts';
import { broadcastDims, readBroadcast, valueAt, type Value } from './value.ts';

/** The same function of every element; attributes of the node are its settings. */
function each(apply: (x: number, call: Call) => number): Operator {
  return (call) => {
    const { type, dims, data } = call.input(0);
    return [{ type, dims, data: data.map((x) => apply(x, call)) }];
  };
}

/** A function of the elements that meet when all inputs are broadcast to one shape. */
function together(apply: (...elements: number[]) => number, type?: DataType): Operator {
  return ({ inputs }) => {
    const dims = broadcastDims(inputs.map((input) => input.dims));
    const outputType = type ?? must(inputs[0], 'a first input').type;
    return [
      valueAt(outputType, dims, (index) => apply(...inputs.map((input) => readBroadcast(input, index)))),
    ];
  };
}

function truth(holds: (a: number, b: number) => boolean): Operator {
  return together((a = NaN, b = NaN) => Number(holds(a, b)), 'bool');
}

/** Integers are divided towards zero. */
const divide: Operator = (call) => {
  const isReal = call.input(0).type === 'float32';
  return together((a = NaN, b = NaN) => (isReal ? a / b : Math.trunc(a / b)))(call);
};

const where: Operator = (call) => {
  const [condition, a, b] = [call.input(0), call.input(1), call.input(2)];
  const dims = broadcastDims([condition.dims, a.dims, b.dims]);
  return [
    valueAt(a.type, dims, (index) => readBroadcast(readBroadcast(condition, index) === 1 ? a : b, index)),
  ];
};

const cast: Operator = (call) => {
  const { dims, data } = call.input(0);
  const type = must(dataTypes[call.int('to', 1)], 'a type');
  return [{ type, dims, data: data.map((x) => converted(x, type)) }];
};

function converted(x: number, type: DataType): number {
  if (type === 'bool') return Number(x !== 0);
  return type === 'float32' || type === 'float64' ? x : Math.trunc(x);
}

/** In inference nothing is dropped. */
const dropout: Operator = (call) => {
  const { type, dims, data } = call.input(0);
  return [
    { type, dims, data },
    { type: 'bool', dims, data: data.map(() => 1) },
  ];
};

function clip(call: Call): readonly Value[] {
  const [low, high] = [call.scalar(1, -Infinity), call.scalar(2, Infinity)];
  return each((x) => Math.min(Math.max(x, low), high))(call);
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const clamp01 = (x: number): number => Math.min(1, Math.max(0, x));

function gelu(x: number, call: Call): number {
  const isTanh = call.text('approximate', 'none') === 'tanh';
  const inner = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);
  return 0.5 * x * (1 + (isTanh ? Math.tanh(inner) : erf(x / Math.SQRT2)));
}

/** Halves go to the even neighbour. */
function roundToEven(x: number): number {
  const low = Math.floor(x);
  if (x - low !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
}

const { exp, expm1 } = Math;
const [seluAlpha, seluGamma] = [1.67326319217681884765625, 1.05070102214813232421875];
const selu = (x: number, alpha: number, gamma: number): number => gamma * (x > 0 ? x : alpha * expm1(x));

export const elementwise: Operators = {
  Identity: each((x) => x),
  Relu: each((x) => Math.max(0, x)),
  LeakyRelu: each((x, call) => (x < 0 ? call.float('alpha', 0.01) * x : x)),
  PRelu: together((x = NaN, slope = NaN) => (x < 0 ? slope * x : x)),
  Elu: each((x, call) => (x > 0 ? x : call.float('alpha', 1) * expm1(x))),
  Selu: each((x, call) => selu(x, call.float('alpha', seluAlpha), call.float('gamma', seluGamma))),
  Clip: clip,
  Sigmoid: each(sigmoid),
  HardSigmoid: each((x, call) => clamp01(call.float('alpha', 0.2) * x + call.float('beta', 0.5))),
  HardSwish: each((x) => x * clamp01(x / 6 + 0.5)),
  Tanh: each(Math.tanh),
  Erf: each(erf),
  Gelu: each(gelu),
  Neg: each((x) => -x),
  Abs: each(Math.abs),
  Sign: each(Math.sign),
  Sqrt: each(Math.sqrt),
  Exp: each(exp),
  Log: each(Math.log),
  Reciprocal: each((x) => 1 / x),
  Floor: each(Math.floor),
  Ceil: each(Math.ceil),
  Round: each(roundToEven),
  Softplus: each(softplus),
  Softsign: each((x) => x / (1 + Math.abs(x))),
  Mish: each((x) => x * Math.tanh(softplus(x))),
  Not: each((x) => 1 - x),
  Add: together((a = NaN, b = NaN) => a + b),
  Sub: together((a = NaN, b = NaN) => a - b),
  Mul: together((a = NaN, b = NaN) => a * b),
  Div: divide,
  Pow: together((a = NaN, b = NaN) => a ** b),
  Min: together(Math.min),
  Max: together(Math.max),
  Sum: together((...all) => all.reduce((sum, x) => sum + x, 0)),
  Mean: together((...all) => all.reduce((sum, x) => sum + x, 0) / all.length),
  Equal: truth((a, b) => a === b),
  Greater: truth((a, b) => a > b),
  Less: truth((a, b) => a < b),
  GreaterOrEqual: truth((a, b) => a >= b),
  LessOrEqual: truth((a, b) => a <= b),
  And: truth((a, b) => a === 1 && b === 1),
  Or: truth((a, b) => a === 1 || b === 1),
  Where: where,
  Cast: cast,
  Dropout: dropout,
};
