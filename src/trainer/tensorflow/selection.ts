import { sliceRanges } from '#graph/shapes/selection.ts';
import type { Operator, Operators } from './call.ts';
import { take } from './moves.ts';

const concat: Operator = (call) => [call.tf.concat([...call.values], call.ownAxis(0))];

const split: Operator = (call) => {
  const axis = call.ownAxis(0);
  const sizes = call.node.outputs.map((_, output) => call.outDims(output)[axis] ?? 0);
  return call.tf.split(call.x(0), sizes, axis);
};

/** Ranges in steps of 1 as slices, others by their positions. */
const slice: Operator = (call) => {
  const { tf } = call;
  const sliced = sliceRanges(call).reduce((value, { axis, start, step, count }) => {
    if (step !== 1)
      return take(tf, value, { at: Array.from({ length: count }, (_, i) => start + i * step), axis });
    const begins = value.shape.map((_, i) => (i === axis ? start : 0));
    const sizes = value.shape.map((size, i) => (i === axis ? count : size));
    return count === value.shape[axis] ? value : tf.slice(value, begins, sizes);
  }, call.x(0));
  return [tf.clone(sliced)];
};

/** Elements along an axis by their positions, which may be computed while running. */
const gather: Operator = (call) => {
  const { tf } = call;
  const axis = call.ownAxis(0);
  const positions = tf.reshape(call.x(1), [-1]);
  const size = tf.scalar(call.x(0).shape[axis] ?? 0, 'int32');
  const places = tf.where(tf.less(positions, 0), tf.add(positions, size), positions);
  return [tf.reshape(tf.gather(call.x(0), tf.cast(places, 'int32'), axis), call.outDims())];
};

export const selections: Operators = { Concat: concat, Split: split, Slice: slice, Gather: gather };
