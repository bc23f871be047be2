import type { Matrix } from './algebra.ts';

/** Mean of every column of a matrix with rows. */
export function columnMeans({ data, rows, cols }: Matrix): Float64Array {
  const sums = new Float64Array(cols);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++, at++) sums[col] = (sums[col] as number) + (data[at] as number);
  }
  return sums.map((sum) => sum / rows);
}

/** Mean square of every column of a matrix with rows. */
export function columnSquares({ data, rows, cols }: Matrix): Float64Array {
  const sums = new Float64Array(cols);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++, at++) {
      const value = data[at] as number;
      sums[col] = (sums[col] as number) + value * value;
    }
  }
  return sums.map((sum) => sum / rows);
}
