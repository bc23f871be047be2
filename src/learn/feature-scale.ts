import type { Floats, Matrix } from './algebra.ts';

/**
 * Moves every column to mean 0 and divides all of them by one number, so that a column has mean square 1 on average.
 * One number for all: how columns compare is the backbone's choice (whitening, say), only the unit is not.
 */
export interface FeatureScale {
  readonly mean: Float64Array;
  readonly scale: number;
}

/** Row of the first number that is not finite, or −1. */
export function firstBrokenRow({ data, cols }: Matrix): number {
  for (let at = 0; at < data.length; at++) {
    if (!Number.isFinite(data[at])) return Math.floor(at / cols);
  }
  return -1;
}

/** Measures a matrix of finite numbers. */
export function measureScale({ data, rows, cols }: Matrix): FeatureScale {
  const sums = new Float64Array(cols);
  const squares = new Float64Array(cols);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++, at++) {
      const value = data[at] as number;
      sums[col] = (sums[col] as number) + value;
      squares[col] = (squares[col] as number) + value * value;
    }
  }
  const mean = sums.map((sum) => sum / rows);
  const variance = squares.reduce((sum, square, col) => sum + square / rows - (mean[col] as number) ** 2, 0);
  return { mean, scale: Math.sqrt(Math.max(variance / cols, 0)) || 1 };
}

/** The matrix on this scale, as a new one. */
export function applyScale<T extends Floats>(matrix: Matrix<T>, { mean, scale }: FeatureScale): Matrix<T> {
  const data = matrix.data.slice() as T;
  for (let row = 0, at = 0; row < matrix.rows; row++) {
    for (let col = 0; col < matrix.cols; col++, at++) {
      data[at] = ((data[at] as number) - (mean[col] as number)) / scale;
    }
  }
  return { ...matrix, data };
}

/** Every row divided by its length; rows of zeros stay. Inner products of such rows are cosines. */
export function unitRows<T extends Floats>({ data, rows, cols }: Matrix<T>): Matrix<T> {
  const units = data.slice() as T;
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let at = row * cols; at < (row + 1) * cols; at++) squares += (data[at] as number) ** 2;
    if (squares === 0) continue;
    const length = Math.sqrt(squares);
    for (let at = row * cols; at < (row + 1) * cols; at++) units[at] = (data[at] as number) / length;
  }
  return { data: units, rows, cols };
}
