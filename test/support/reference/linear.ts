import { assert } from '../../../src/base/assert.ts';
import type { Operator, Operators } from './call.ts';
import { broadcastDims, read, readBroadcast, valueAt, type Index, type Value } from './value.ts';

/** numpy's matmul: matrices in the last two axes, the others broadcast; vectors as a row or a column. */
const matMul: Operator = (call) => {
  const [a, b] = [call.input(0), call.input(1)];
  const left = a.dims.length === 1 ? { ...a, dims: [1, ...a.dims] } : a;
  const right = b.dims.length === 1 ? { ...b, dims: [...b.dims, 1] } : b;
  const product = matrixProduct(left, right);
  const dims = product.dims.filter((_, axis) => {
    const fromEnd = product.dims.length - axis;
    return !(fromEnd === 2 && a.dims.length === 1) && !(fromEnd === 1 && b.dims.length === 1);
  });
  return [{ ...product, dims }];
};

function matrixProduct(a: Value, b: Value): Value {
  const inner = a.dims.at(-1) ?? 0;
  assert(inner === b.dims.at(-2), 'columns meet rows');
  const batch = broadcastDims([a.dims.slice(0, -2), b.dims.slice(0, -2)]);
  const dims = [...batch, a.dims.at(-2) ?? 0, b.dims.at(-1) ?? 0];
  return valueAt(a.type, dims, (index) => {
    const [row = 0, column = 0] = index.slice(-2);
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += readMatrix(a, index, [row, k]) * readMatrix(b, index, [k, column]);
    return sum;
  });
}

/** Reads an element of the matrix that belongs to this place in the broadcast batch. */
function readMatrix(value: Value, index: Index, place: Index): number {
  const rank = value.dims.length - 2;
  const batch = index.slice(0, -2).slice(index.length - 2 - rank);
  return read(value, [...batch.map((position, axis) => (value.dims[axis] === 1 ? 0 : position)), ...place]);
}

function transposed({ type, dims: [rows = 0, columns = 0], data }: Value): Value {
  return valueAt(type, [columns, rows], ([i = 0, j = 0]) => data[j * columns + i] ?? NaN);
}

/** alpha · A′ · B′ + beta · C. */
const gemm: Operator = (call) => {
  const a = call.int('transA', 0) === 1 ? transposed(call.input(0)) : call.input(0);
  const b = call.int('transB', 0) === 1 ? transposed(call.input(1)) : call.input(1);
  const [alpha, beta, c] = [call.float('alpha', 1), call.float('beta', 1), call.optional(2)];
  const product = matrixProduct(a, b);
  return [
    valueAt(a.type, product.dims, (index) => {
      const offset = c === null ? 0 : beta * readBroadcast(c, index);
      return alpha * read(product, index) + offset;
    }),
  ];
};

export const linear: Operators = { MatMul: matMul, Gemm: gemm };
