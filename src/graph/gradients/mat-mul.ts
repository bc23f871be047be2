import type { Ops } from './ops.ts';
import type { GradientRule, Step } from './rule.ts';

/**
 * dA = dY · B′, dB = A′ · dY, summed over the batches to which a matrix was broadcast. A vector stands for a row on the
 * left and for a column on the right.
 */
export const matMul: GradientRule = (step, ops) => {
  const [a, b] = [ops.dims(step.x(0)), ops.dims(step.x(1))];
  const left = ops.reshape(step.x(0), a.length === 1 ? [1, ...a] : a);
  const right = ops.reshape(step.x(1), b.length === 1 ? [...b, 1] : b);
  const dy = ops.reshape(step.dy, productDims(step, ops));
  return [
    step.needs(0) ? ops.reshape(gradientOfLeft(ops, { dy, left, right }), a) : null,
    step.needs(1) ? ops.reshape(gradientOfRight(ops, { dy, left, right }), b) : null,
  ];
};

/** Dimensions of the product before the row or column of a vector is dropped. */
function productDims(step: Step, ops: Ops): readonly number[] {
  const [isRow, isColumn] = [0, 1].map((input) => ops.dims(step.x(input)).length === 1);
  const y = ops.dims(step.y);
  const dims = isColumn === true ? [...y, 1] : y;
  return isRow === true ? [...dims.slice(0, -1), 1, ...dims.slice(-1)] : dims;
}

interface Product {
  readonly dy: string;
  readonly left: string;
  readonly right: string;
}

function gradientOfLeft(ops: Ops, { dy, left, right }: Product): string {
  return ops.sumTo(ops.matMul(dy, transposed(ops, right)), ops.dims(left));
}

/** A matrix that all batches share is one product over all their rows, which needs no sum. */
function gradientOfRight(ops: Ops, { dy, left, right }: Product): string {
  const isShared = ops.dims(right).length === 2 && rowsOf(ops, left) === rowsOf(ops, dy);
  if (isShared) return ops.gemm(asMatrix(ops, left), asMatrix(ops, dy), { a: true });
  return ops.sumTo(ops.matMul(transposed(ops, left), dy), ops.dims(right));
}

function rowsOf(ops: Ops, value: string): string {
  return ops.dims(value).slice(0, -1).join();
}

/** All rows of all batches. */
function asMatrix(ops: Ops, value: string): string {
  const dims = ops.dims(value);
  return dims.length === 2 ? value : ops.reshape(value, [-1, dims.at(-1) ?? 1]);
}

function transposed(ops: Ops, value: string): string {
  const rank = ops.dims(value).length;
  const order = Array.from({ length: rank }, (_, axis) => axis);
  return ops.transpose(value, [...order.slice(0, -2), rank - 1, rank - 2]);
}
