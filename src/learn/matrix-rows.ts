import type { Floats, Matrix } from './algebra.ts';

/** Zeros in the precision of other numbers. */
export function emptyLike(data: Floats, length: number): Floats {
  return data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}

/** Some rows of a matrix, copied, in the order that they are asked for. */
export function takeRows({ data, cols }: Matrix, rows: Int32Array): Matrix {
  const taken = emptyLike(data, rows.length * cols);
  for (const [to, from] of rows.entries())
    taken.set(data.subarray(from * cols, (from + 1) * cols), to * cols);
  return { data: taken, rows: rows.length, cols };
}

/** The rows of two matrices of one width, in the precision of the first. */
export function appendRows(first: Matrix, second: Matrix): Matrix {
  const data = emptyLike(first.data, first.data.length + second.data.length);
  data.set(first.data);
  data.set(second.data, first.data.length);
  return { data, rows: first.rows + second.rows, cols: first.cols };
}
