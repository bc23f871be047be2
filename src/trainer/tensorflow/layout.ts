import type { Operator, Operators } from './call.ts';
import { expandTo } from './moves.ts';

const reshaped: Operator = (call) => [call.tf.reshape(call.x(0), call.outDims())];

const transpose: Operator = (call) => {
  const order = call.ints('perm') ?? [...call.x(0).shape.keys()].reverse();
  return [call.tf.transpose(call.x(0), [...order])];
};

/** Each axis as two, the first of which repeats: at any rank. */
const tile: Operator = (call) => {
  const { tf } = call;
  const { shape } = call.x(0);
  const repeats = call.numbers(1) ?? call.fail('it has no repeats');
  const apart = tf.reshape(
    call.x(0),
    shape.flatMap((size) => [1, size]),
  );
  const wide = expandTo(
    tf,
    apart,
    shape.flatMap((size, axis) => [repeats[axis] ?? 1, size]),
  );
  return [tf.reshape(wide, call.outDims())];
};

export const layouts: Operators = {
  Reshape: reshaped,
  Flatten: reshaped,
  Squeeze: reshaped,
  Unsqueeze: reshaped,
  Transpose: transpose,
  Expand: (call) => [expandTo(call.tf, call.x(0), call.outDims())],
  Tile: tile,
};
