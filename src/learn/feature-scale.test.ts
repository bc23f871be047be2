import { expect, test } from 'vitest';
import { matrixOf, rowsOf } from '#test/support/oracle.ts';
import { applyScale, firstBrokenRow, measureScale, unitRows } from './feature-scale.ts';

test('columns get mean 0 and, together, mean square 1', () => {
  const matrix = matrixOf([
    [1, 10],
    [3, 10],
    [5, 16],
  ]);
  const scale = measureScale(matrix);
  expect([...scale.mean]).toEqual([3, 12]);
  expect(scale.scale).toBeCloseTo(Math.sqrt((8 + 24) / 6), 12);
  const squares = applyScale(matrix, scale).data.reduce((sum, value) => sum + value * value, 0);
  expect(squares).toBeCloseTo(6, 12);
});

test('a small spread beside a large mean is measured', () => {
  const values = Array.from({ length: 1000 }, (_, i) => [1e8 + (i % 2)]);
  expect(measureScale(matrixOf(values)).scale).toBeCloseTo(0.5, 9);
});

test('constant columns keep their unit, and become 0', () => {
  const matrix = matrixOf(Array.from({ length: 1001 }, () => [0.1, 1 / 3]));
  const scale = measureScale(matrix);
  expect(scale.scale).toBe(1);
  for (const value of applyScale(matrix, scale).data) expect(value).toBeCloseTo(0, 12);
});

test('rows of length 1; a row of zeros stays', () => {
  const rows = rowsOf(
    unitRows(
      matrixOf([
        [3, 4],
        [0, 0],
      ]),
    ),
  );
  expect(rows).toEqual([
    [0.6, 0.8],
    [0, 0],
  ]);
});

test('names the row of the first number that is not finite', () => {
  const rows = [
    [1, 2],
    [3, Infinity],
    [NaN, 4],
  ];
  expect(firstBrokenRow(matrixOf(rows))).toBe(1);
  expect(firstBrokenRow(matrixOf(rows.slice(0, 1)))).toBe(-1);
});
