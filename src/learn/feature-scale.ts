import type { Floats, Matrix } from './algebra.ts';
import { columnMeans } from './columns.ts';

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

// A spread below this share of the largest mean is rounding: the columns are constant.
const roundingShare = 1e-12;

/** Measures a matrix of finite numbers with rows; constant columns get a scale of 1. */
export function measureScale(matrix: Matrix): FeatureScale {
  const { data, cols } = matrix;
  const mean = columnMeans(matrix);
  // About the mean: a difference of mean squares loses small variances beside large means to rounding.
  let squares = 0;
  for (let at = 0, col = 0; at < data.length; at++, col = (col + 1) % cols) {
    squares += ((data[at] as number) - (mean[col] as number)) ** 2;
  }
  const size = mean.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = Math.sqrt(squares / data.length);
  return { mean, scale: scale > roundingShare * size ? scale : 1 };
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
