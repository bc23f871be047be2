import type { Operator, Operators } from './call.ts';
import { expandTo } from './moves.ts';

/** Products of matrices in the last two axes; vectors are a row or a column. */
const matMul: Operator = (call) => {
  const { tf } = call;
  const [a, b] = [call.x(0), call.x(1)];
  const left = a.rank === 1 ? tf.expandDims(a, 0) : a;
  const right = b.rank === 1 ? tf.expandDims(b, -1) : b;
  if (right.rank === 2) {
    const rows = tf.reshape(left, [-1, left.shape.at(-1) ?? 0]);
    return [tf.reshape(tf.matMul(rows, right), call.outDims())];
  }
  // The gradient of matMul does not undo broadcasting.
  const batch = tf.backend_util.assertAndGetBroadcastShape(left.shape.slice(0, -2), right.shape.slice(0, -2));
  const wide = [left, right].map((each) => expandTo(tf, each, [...batch, ...each.shape.slice(-2)]));
  return [tf.reshape(tf.matMul(wide[0] ?? left, wide[1] ?? right), call.outDims())];
};

/** alpha · A′ · B′ + beta · C. */
const gemm: Operator = (call) => {
  const { tf } = call;
  const [isATurned, isBTurned] = [call.int('transA', 0) === 1, call.int('transB', 0) === 1];
  const product = tf.matMul(call.x(0), call.x(1), isATurned, isBTurned);
  const scaled = tf.mul(product, call.float('alpha', 1));
  const c = call.maybe(2);
  return [c === null ? scaled : tf.add(scaled, tf.mul(c, call.float('beta', 1)))];
};

export const linear: Operators = { MatMul: matMul, Gemm: gemm };
