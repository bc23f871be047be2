import type { Algebra, Matrix } from './algebra.ts';

// Below this share of a column's own length, what is left of it is rounding of single precision.
const smallestShare = 1e-5;

/**
 * Columns of length 1, at right angles, that span what the given columns span (CholeskyQR2: Yamamoto et al. 2015).
 * A column that depends on those before it becomes 0. All the heavy work is products of matrices.
 */
export async function orthonormalColumns(algebra: Algebra, matrix: Matrix): Promise<Matrix> {
  const once = await orthogonalise(algebra, matrix);
  return orthogonalise(algebra, once);
}

async function orthogonalise(algebra: Algebra, matrix: Matrix): Promise<Matrix> {
  const gram = await algebra.multiply(matrix, matrix, { transposeA: true });
  const inverse = inverseOfCholesky(gram);
  return algebra.multiply(matrix, inverse, { transposeB: true });
}

/** L⁻¹ where gram = L · Lᵀ; rows of zeros where a column depends on those before it. */
function inverseOfCholesky(gram: Matrix): Matrix<Float64Array> {
  const n = gram.rows;
  const lower = new Float64Array(n * n);
  const inverse = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    const own = gram.data[row * n + row] as number;
    const rest = own - eliminate(gram, lower, row);
    if (rest <= own * smallestShare) continue;
    const pivot = Math.sqrt(rest);
    lower[row * n + row] = pivot;
    invertRow(lower, inverse, { row, n });
  }
  return { data: inverse, rows: n, cols: n };
}

/** Fills a row of L left of the diagonal; returns the sum of its squares. */
function eliminate(gram: Matrix, lower: Float64Array, row: number): number {
  const n = gram.rows;
  let squares = 0;
  for (let col = 0; col < row; col++) {
    const pivot = lower[col * n + col] as number;
    if (pivot === 0) continue;
    let sum = gram.data[row * n + col] as number;
    for (let i = 0; i < col; i++) sum -= (lower[row * n + i] as number) * (lower[col * n + i] as number);
    lower[row * n + col] = sum / pivot;
    squares += (sum / pivot) ** 2;
  }
  return squares;
}

function invertRow(lower: Float64Array, inverse: Float64Array, { row, n }: { row: number; n: number }): void {
  const pivot = lower[row * n + row] as number;
  const target = inverse.subarray(row * n, (row + 1) * n);
  for (let i = 0; i < row; i++) {
    const factor = lower[row * n + i] as number;
    if (factor === 0) continue;
    for (let col = 0; col <= i; col++) {
      target[col] = (target[col] as number) - factor * (inverse[i * n + col] as number);
    }
  }
  for (let col = 0; col < row; col++) target[col] = (target[col] as number) / pivot;
  target[row] = 1 / pivot;
}
