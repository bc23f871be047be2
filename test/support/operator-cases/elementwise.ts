import { float, int, string } from '../../../src/graph/attribute.ts';
import { dataTypeCode } from '../../../src/graph/data-type.ts';
import { integers, real, type Value } from '../reference/value.ts';
import type { CaseMaker, CaseMakers, OperatorCase, Picker } from './case.ts';

type Attributes = NonNullable<OperatorCase['attributes']>;

/** A function of each element, tried away from its kinks. */
function unary(
  opType: string,
  options: { kinks?: readonly number[]; attributes?: (pick: Picker) => Attributes; opset?: number } = {},
): CaseMaker {
  return (pick) => ({
    opType,
    inputs: [pick.awayFrom(pick.dims(), options.kinks ?? [])],
    attributes: pick.bool() ? (options.attributes?.(pick) ?? {}) : {},
    ...(options.opset === undefined ? {} : { opset: options.opset }),
  });
}

/** A function of positive numbers. */
function ofPositive(opType: string): CaseMaker {
  return (pick) => ({ opType, inputs: [pick.between(pick.dims(), 0.3, 3)] });
}

/** Two shapes that broadcast, the wider one on either side. */
function broadcastPair(pick: Picker): readonly [readonly number[], readonly number[]] {
  const dims = pick.dims([0, 4]);
  const other = pick.narrower(dims);
  if (pick.int(0, 3) === 0) return [dims.map((size, axis) => (axis % 2 === 0 ? 1 : size)), dims];
  return pick.bool() ? [dims, other] : [other, dims];
}

function binary(
  opType: string,
  fill: (pick: Picker, dims: readonly number[], input: number) => Value,
): CaseMaker {
  return (pick) => ({ opType, inputs: broadcastPair(pick).map((dims, input) => fill(pick, dims, input)) });
}

const normal = (pick: Picker, dims: readonly number[]): Value => pick.normal(dims);

/** Values of which no two are close, in any of the inputs. */
function several(opType: string, least = 1): CaseMaker {
  return (pick) => {
    const dims = pick.dims([1, 3], 3);
    const inputs = Array.from({ length: pick.int(least, 3) }, (_, input) => {
      const value = pick.apart(pick.narrower(dims));
      return { ...value, data: value.data.map((x) => x + 0.025 * (input - 1)) };
    });
    return { opType, inputs };
  };
}

function bools(pick: Picker, dims: readonly number[]): Value {
  const { data } = pick.normal(dims);
  return { type: 'bool', dims, data: data.map((x) => Number(x > 0)) };
}

/** Few different numbers, so that some are equal. */
const small = (pick: Picker, dims: readonly number[]): Value => {
  const { data } = pick.normal(dims);
  return real(dims, data.map(Math.round));
};

const clip: CaseMaker = (pick) => {
  const [low, high] = [real([], [-0.5]), real([], [0.75])];
  const bounds = pick.of([[low, high], [null, high], [low], [real([], [0]), real([], [6])]]);
  return {
    opType: 'Clip',
    inputs: [pick.awayFrom(pick.dims(), [-0.5, 0, 0.75, 6]), ...bounds],
    stored: [1, 2],
  };
};

const where: CaseMaker = (pick) => {
  const dims = pick.dims([1, 3]);
  return {
    opType: 'Where',
    inputs: [bools(pick, pick.narrower(dims)), pick.normal(pick.narrower(dims)), pick.normal(dims)],
  };
};

/** Whole numbers around 0, farther than cases reach. */
const wholes = Array.from({ length: 25 }, (_, i) => i - 12);

const cast: CaseMaker = (pick) => ({
  opType: 'Cast',
  inputs: [pick.normal(pick.dims())],
  attributes: { to: int(dataTypeCode('float32')) },
});

const castToOther: CaseMaker = (pick) => ({
  opType: 'Cast',
  inputs: [pick.awayFrom(pick.dims(), wholes)],
  attributes: { to: int(dataTypeCode(pick.of(['int64', 'bool'] as const))) },
  differentiable: 0,
});

const off: Value = { type: 'bool', dims: [], data: Float64Array.of(0) };

const leaky = (pick: Picker): Attributes => ({ alpha: float(pick.of([0.1, 0.5, 2])) });

export const elementwiseCases: CaseMakers = {
  Identity: unary('Identity'),
  Relu: unary('Relu', { kinks: [0] }),
  LeakyRelu: unary('LeakyRelu', { kinks: [0], attributes: leaky }),
  PRelu: (pick) => {
    const dims = pick.dims([2, 3]);
    return { opType: 'PRelu', inputs: [pick.awayFrom(dims, [0]), pick.normal(dims.slice(1))] };
  },
  Elu: unary('Elu', { kinks: [0], attributes: leaky }),
  Selu: unary('Selu', { kinks: [0] }),
  Clip: clip,
  Sigmoid: unary('Sigmoid'),
  HardSigmoid: unary('HardSigmoid', {
    kinks: [-2.5, 2.5, -0.5, 1.5],
    attributes: () => ({ alpha: float(0.5), beta: float(0.25) }),
  }),
  HardSwish: unary('HardSwish', { kinks: [-3, 3] }),
  Tanh: unary('Tanh'),
  Erf: unary('Erf'),
  Gelu: unary('Gelu', { opset: 20, attributes: () => ({ approximate: string('tanh') }) }),
  Neg: unary('Neg'),
  Abs: unary('Abs', { kinks: [0] }),
  Sign: unary('Sign', { kinks: [0] }),
  Sqrt: ofPositive('Sqrt'),
  Log: ofPositive('Log'),
  Reciprocal: ofPositive('Reciprocal'),
  Exp: unary('Exp'),
  Floor: unary('Floor', { kinks: wholes }),
  Ceil: unary('Ceil', { kinks: wholes }),
  Round: unary('Round', { kinks: wholes.map((whole) => whole + 0.5) }),
  Softplus: unary('Softplus'),
  Softsign: unary('Softsign', { kinks: [0] }),
  Mish: unary('Mish', { opset: 18 }),
  Not: (pick) => ({ opType: 'Not', inputs: [bools(pick, pick.dims())] }),
  Add: binary('Add', normal),
  Sub: binary('Sub', normal),
  Mul: binary('Mul', normal),
  Div: binary('Div', (pick, dims) => pick.between(dims, 0.5, 2)),
  Pow: binary('Pow', (pick, dims) => pick.between(dims, 0.4, 2.5)),
  PowOfStored: (pick) => ({
    opType: 'Pow',
    inputs: [
      pick.between(pick.dims(), 0.3, 3),
      pick.of([real([], [pick.of([3, -1, 0.5])]), integers(pick.int(1, 3))]),
    ],
    stored: [1],
  }),
  Square: (pick) => ({
    opType: 'Pow',
    inputs: [pick.normal(pick.dims()), real([], [2])],
    stored: [1],
  }),
  Min: several('Min'),
  Max: several('Max'),
  Sum: several('Sum'),
  Mean: several('Mean'),
  Equal: binary('Equal', small),
  Greater: binary('Greater', small),
  Less: binary('Less', small),
  GreaterOrEqual: binary('GreaterOrEqual', small),
  LessOrEqual: binary('LessOrEqual', small),
  And: binary('And', bools),
  Or: binary('Or', bools),
  Where: where,
  Cast: cast,
  CastToOther: castToOther,
  Dropout: (pick) => ({
    opType: 'Dropout',
    inputs: [pick.normal(pick.dims()), ...pick.of([[], [real([], [0.5]), off]])],
    stored: [1, 2],
    outputs: pick.int(1, 2),
    differentiable: 1,
  }),
};
