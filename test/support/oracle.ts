import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { sharedPath } from './shared.ts';

/** One case of a numeric oracle: inputs, expected values, and how close is close. */
export interface OracleCase {
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  readonly expected: Record<string, unknown>;
  readonly tolerance: number;
}

/** The cases of an oracle file; none where the shared data are absent. */
export function oracleCases(file: string): readonly OracleCase[] {
  const path = sharedPath('oracles', file);
  if (path === null) return [];
  const oracle = JSON.parse(readFileSync(path, 'utf8')) as { tolerance: number; cases: OracleCase[] };
  return oracle.cases.map((one) => ({ ...one, tolerance: oracle.tolerance }));
}

/** Compares numbers, at any depth of arrays, by |a − b| ≤ tolerance · max(1, |a|, |b|). */
export function expectClose(actual: unknown, expected: unknown, tolerance: number): void {
  if (Array.isArray(expected)) {
    const list = Array.from(actual as ArrayLike<unknown>);
    expect(list.length).toBe(expected.length);
    for (const [i, value] of expected.entries()) expectClose(list[i], value, tolerance);
    return;
  }
  const [a, b] = [actual as number, expected as number];
  const isClose = Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
  if (!isClose) expect(a).toBe(b);
}

/** A matrix in double precision from rows of numbers. */
export function matrixOf(rows: readonly (readonly number[])[]): {
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
} {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, cols: rows[0]?.length ?? 0 };
}

/** The rows of a flat matrix, for comparing. */
export function rowsOf(matrix: { readonly data: ArrayLike<number>; readonly cols: number }): number[][] {
  const values = Array.from(matrix.data);
  return Array.from({ length: values.length / matrix.cols }, (_, row) =>
    values.slice(row * matrix.cols, (row + 1) * matrix.cols),
  );
}
