import type { Call, Operator, Operators } from './call.ts';
import { alongAxis } from './moves.ts';
import type { TensorFlow, Value } from './tensor-flow.ts';

/** A number made of the elements along some axes: of all, when none are named. */
function reduce(reducer: (tf: TensorFlow, x: Value, axes: number[]) => Value): Operator {
  return (call) => {
    const x = call.x(0);
    const stated = call.statedAxes(x.rank) ?? [];
    if (stated.length === 0 && call.int('noop_with_empty_axes', 0) === 1) return [call.tf.clone(x)];
    const axes = stated.length === 0 ? [...x.shape.keys()] : [...stated];
    return [call.tf.reshape(reducer(call.tf, x, axes), call.outDims())];
  };
}

/** TensorFlow.js turns the gradient of a sum along any but the last axis twice. */
const cumulativeSum: Operator = (call) => {
  const { tf } = call;
  const axis = call.axis(call.number(1, 0), call.x(0).rank);
  const [isExclusive, isReversed] = [call.int('exclusive', 0) === 1, call.int('reverse', 0) === 1];
  const apply = (rows: Value): Value => tf.cumsum(rows, rows.rank - 1, isExclusive, isReversed);
  return [alongAxis(tf, call.x(0), { axis, apply })];
};

function rows(apply: (tf: TensorFlow, rows: Value) => Value): Operator {
  return (call: Call) => [
    alongAxis(call.tf, call.x(0), { axis: call.ownAxis(-1), apply: (each) => apply(call.tf, each) }),
  ];
}

export const reductions: Operators = {
  ReduceSum: reduce((tf, x, axes) => tf.sum(x, axes)),
  ReduceMean: reduce((tf, x, axes) => tf.mean(x, axes)),
  ReduceMax: reduce((tf, x, axes) => tf.max(x, axes)),
  ReduceMin: reduce((tf, x, axes) => tf.min(x, axes)),
  ReduceSumSquare: reduce((tf, x, axes) => tf.sum(tf.square(x), axes)),
  ReduceL2: reduce((tf, x, axes) => tf.sqrt(tf.sum(tf.square(x), axes))),
  CumSum: cumulativeSum,
  Softmax: rows((tf, x) => tf.softmax(x)),
  LogSoftmax: rows((tf, x) => tf.logSoftmax(x)),
};
