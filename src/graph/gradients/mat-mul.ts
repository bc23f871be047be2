import type { Ops } from './ops.ts';
import type { GradientRule } from './rule.ts';

/**
 * dA = dY · B′, dB = A′ · dY, summed over the batches to which a matrix was broadcast. A vector stands for a row on the
 * left and for a column on the right.
 */
export const matMul: GradientRule = (step, ops) => {
  const [a, b, y] = [ops.dims(step.x(0)), ops.dims(step.x(1)), ops.dims(step.y)];
  const [isRow, isColumn] = [a.length === 1, b.length === 1];
  const batch = y.slice(0, y.length - (isRow ? 0 : 1) - (isColumn ? 0 : 1));
  const left = ops.reshape(step.x(0), isRow ? [1, ...a] : a);
  const right = ops.reshape(step.x(1), isColumn ? [...b, 1] : b);
  const dy = ops.reshape(step.dy, [...batch, isRow ? 1 : (a.at(-2) ?? 1), isColumn ? 1 : (b.at(-1) ?? 1)]);
  return [
    step.needs(0) ? gradientOfLeft(ops, { dy, left, right }, a) : null,
    step.needs(1) ? gradientOfRight(ops, { dy, left, right }, b) : null,
  ];
};

interface Product {
  readonly dy: string;
  readonly left: string;
  readonly right: string;
}

function gradientOfLeft(ops: Ops, { dy, left, right }: Product, dims: readonly number[]): string {
  const product = ops.matMul(dy, transposed(ops, right));
  return ops.reshape(ops.sumTo(product, ops.dims(left)), dims);
}

/** A matrix that all batches share is one product over all their rows, which needs no sum. */
function gradientOfRight(ops: Ops, { dy, left, right }: Product, dims: readonly number[]): string {
  const isShared = ops.dims(right).length === 2 && sameBatch(ops, dy, left);
  const product = isShared
    ? ops.gemm(asMatrix(ops, left), asMatrix(ops, dy), { a: true })
    : ops.matMul(transposed(ops, left), dy);
  return ops.reshape(ops.sumTo(product, ops.dims(right)), dims);
}

function sameBatch(ops: Ops, a: string, b: string): boolean {
  return ops.dims(a).slice(0, -1).join() === ops.dims(b).slice(0, -1).join();
}

/** All rows of all batches. */
function asMatrix(ops: Ops, value: string): string {
  return ops.reshape(value, [-1, ops.dims(value).at(-1) ?? 1]);
}

function transposed(ops: Ops, value: string): string {
  const rank = ops.dims(value).length;
  const order = Array.from({ length: rank }, (_, axis) => axis);
  return ops.transpose(value, [...order.slice(0, -2), rank - 1, rank - 2]);
}
