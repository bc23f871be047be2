import type { Algebra, Matrix } from './algebra.ts';
import { columnMeans } from './columns.ts';
import { symmetricEigen } from './eigen.ts';

/** The directions in which rows differ most. */
export interface Pca {
  readonly mean: Float64Array;
  /** One unit vector a row, most varying first; the entry of largest magnitude is positive. */
  readonly components: Matrix<Float64Array>;
  /** Variance along each component (n − 1 in the denominator). */
  readonly variances: Float64Array;
}

/**
 * Principal components by the eigenvectors of the covariance: exact, for up to some 600 columns.
 * @param count how many components; at most the number of columns are returned
 */
export async function fitPca(algebra: Algebra, matrix: Matrix, count: number): Promise<Pca> {
  const mean = columnMeans(matrix);
  const centred = minusMeans(matrix, mean);
  const scatter = await algebra.multiply(centred, centred, { transposeA: true });
  const { values, vectors } = symmetricEigen(scatter);
  const { cols } = matrix;
  const rows = Math.min(count, cols);
  const freedom = Math.max(matrix.rows - 1, 1);
  return {
    mean,
    components: { data: vectors.data.slice(0, rows * cols), rows, cols },
    variances: values.subarray(0, rows).map((value) => Math.max(value, 0) / freedom),
  };
}

function minusMeans({ data, rows, cols }: Matrix, mean: Float64Array): Matrix<Float64Array> {
  const centred = new Float64Array(rows * cols);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++, at++) centred[at] = (data[at] as number) - (mean[col] as number);
  }
  return { data: centred, rows, cols };
}
