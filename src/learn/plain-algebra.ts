import { assert } from '#base/assert.ts';
import type { Algebra, Floats, Matrix, Nearest, NearestOptions } from './algebra.ts';

/** The algebra written out, in double precision: the oracle of faster ones, and good enough for small matrices. */
export function plainAlgebra(): Algebra {
  return {
    multiply: (a, b, options = {}) => {
      const left = options.transposeA ? transpose(a) : a;
      const right = options.transposeB ? b : transpose(b);
      return Promise.resolve(rowsTimesRows(left, right));
    },
    nearest: (rows, options) => Promise.resolve(nearestRows(rows, options)),
  };
}

function transpose(matrix: Matrix): Matrix {
  const { rows, cols, data } = matrix;
  const flipped = new Float64Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) flipped[col * rows + row] = data[row * cols + col] as number;
  }
  return { data: flipped, rows: cols, cols: rows };
}

/** `a · bᵀ`. */
function rowsTimesRows(a: Matrix, b: Matrix): Matrix<Float64Array> {
  assert(a.cols === b.cols, `inner sizes agree: ${a.cols} and ${b.cols}`);
  const data = new Float64Array(a.rows * b.rows);
  for (let row = 0; row < a.rows; row++) {
    for (let col = 0; col < b.rows; col++) data[row * b.rows + col] = dot(a, row, { matrix: b, row: col });
  }
  return { data, rows: a.rows, cols: b.rows };
}

function dot(a: Matrix, row: number, other: { matrix: Matrix; row: number }): number {
  const width = a.cols;
  const left: Floats = a.data;
  const right: Floats = other.matrix.data;
  const start = row * width;
  const otherStart = other.row * width;
  let sum = 0;
  for (let i = 0; i < width; i++) sum += (left[start + i] as number) * (right[otherStart + i] as number);
  return sum;
}

function nearestRows(matrix: Matrix, { k, groups }: NearestOptions): Nearest {
  const index = new Int32Array(matrix.rows * k).fill(-1);
  const similarity = new Float64Array(matrix.rows * k).fill(-Infinity);
  for (let query = 0; query < matrix.rows; query++) {
    const found: { row: number; value: number }[] = [];
    for (let row = 0; row < matrix.rows; row++) {
      if (groups[row] !== groups[query]) found.push({ row, value: dot(matrix, query, { matrix, row }) });
    }
    found.sort((a, b) => b.value - a.value || a.row - b.row);
    for (const [place, match] of found.slice(0, k).entries()) {
      index[query * k + place] = match.row;
      similarity[query * k + place] = match.value;
    }
  }
  return { k, index, similarity };
}
