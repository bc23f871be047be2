import { must } from '#base/assert.ts';
import { dataTypes } from '#graph/data-type.ts';
import type { Call, Operator, Operators } from './call.ts';
import { expandTo } from './moves.ts';
import type { TensorFlow, Value } from './tensor-flow.ts';

/** The same function of every element. */
export function each(apply: (tf: TensorFlow, x: Value, call: Call) => Value): Operator {
  return (call) => [apply(call.tf, call.x(0), call)];
}

function binary(apply: (tf: TensorFlow, a: Value, b: Value) => Value): Operator {
  return (call) => [apply(call.tf, call.x(0), call.x(1))];
}

/** A chain over inputs of one size: the gradients of maximum and minimum don't undo broadcasting. */
function chain(apply: (tf: TensorFlow, a: Value, b: Value) => Value): Operator {
  return (call) => {
    const wide = call.values.map((value) => expandTo(call.tf, value, call.outDims()));
    return [wide.reduce((a, b) => apply(call.tf, a, b))];
  };
}

/** What jumps and is flat in between passes nothing back; TensorFlow.js has no gradient for such. */
function flat(apply: (tf: TensorFlow, ...values: readonly Value[]) => Value): Operator {
  return ({ tf, values }) => {
    const zeros = (): Value[] => values.map(({ shape }) => tf.zeros(shape));
    return [
      tf.customGrad((...inputs) => ({ value: apply(tf, ...(inputs as Value[])), gradFunc: zeros }))(
        ...values,
      ),
    ];
  };
}

const truth = (apply: (tf: TensorFlow, a: Value, b: Value) => Value): Operator =>
  flat((tf, a, b) => apply(tf, must(a, 'a'), must(b, 'b')));

const where: Operator = (call) => {
  const [condition, a, b] = [0, 1, 2].map((input) => expandTo(call.tf, call.x(input), call.outDims()));
  return [call.tf.where(must(condition, 'a condition'), must(a, 'a value'), must(b, 'another'))];
};

const cast: Operator = (call) => {
  const type = must(dataTypes[call.int('to', 1)], 'a type');
  if (type === 'float32') return [call.tf.cast(call.x(0), 'float32')];
  const kind = type === 'bool' ? 'bool' : 'int32';
  return flat((tf, x) => tf.cast(must(x, 'a value'), kind))(call);
};

/** Nothing is dropped, as when a network is used. */
const dropout: Operator = (call) => {
  if (call.number(2, 0) !== 0) call.fail('it may drop at random');
  return [call.tf.clone(call.x(0)), call.tf.onesLike(call.tf.cast(call.x(0), 'bool'))];
};

export const elementwise: Operators = {
  Identity: each((tf, x) => tf.clone(x)),
  Cast: cast,
  Dropout: dropout,
  Neg: each((tf, x) => tf.neg(x)),
  Abs: each((tf, x) => tf.abs(x)),
  Sign: each((tf, x) => tf.sign(x)),
  Sqrt: each((tf, x) => tf.sqrt(x)),
  Reciprocal: each((tf, x) => tf.reciprocal(x)),
  Exp: each((tf, x) => tf.exp(x)),
  Log: each((tf, x) => tf.log(x)),
  Erf: each((tf, x) => tf.erf(x)),
  Floor: each((tf, x) => tf.floor(x)),
  Ceil: each((tf, x) => tf.ceil(x)),
  Round: each((tf, x) => tf.round(x)),
  Add: binary((tf, a, b) => tf.add(a, b)),
  Sub: binary((tf, a, b) => tf.sub(a, b)),
  Mul: binary((tf, a, b) => tf.mul(a, b)),
  Div: binary((tf, a, b) => tf.div(a, b)),
  Pow: binary((tf, a, b) => tf.pow(a, tf.cast(b, 'float32'))),
  Sum: chain((tf, a, b) => tf.add(a, b)),
  Mean: (call) => {
    const [sum] = must(elementwise['Sum'], 'a sum')(call);
    return [call.tf.div(must(sum, 'a sum'), call.values.length)];
  },
  Max: chain((tf, a, b) => tf.maximum(a, b)),
  Min: chain((tf, a, b) => tf.minimum(a, b)),
  Where: where,
  Equal: truth((tf, a, b) => tf.equal(a, b)),
  Greater: truth((tf, a, b) => tf.greater(a, b)),
  Less: truth((tf, a, b) => tf.less(a, b)),
  GreaterOrEqual: truth((tf, a, b) => tf.greaterEqual(a, b)),
  LessOrEqual: truth((tf, a, b) => tf.lessEqual(a, b)),
  And: truth((tf, a, b) => tf.logicalAnd(a, b)),
  Or: truth((tf, a, b) => tf.logicalOr(a, b)),
  Not: flat((tf, a) => tf.logicalNot(must(a, 'a'))),
};
