import { expect, test } from 'vitest';
import { expectClose, matrixOf, oracleCases, rowsOf } from '#test/support/oracle.ts';
import { kMeans } from './k-means.ts';
import { nearestOthers, nearestRow } from './nearest-by-distance.ts';
import { plainAlgebra } from './plain-algebra.ts';

test.each(oracleCases('kmeans-iris.json'))('oracle: $name', async ({ inputs, expected, tolerance }) => {
  const points = matrixOf(inputs['X'] as number[][]);
  const start = matrixOf(inputs['init'] as number[][]);
  const centres = await kMeans(plainAlgebra(), points, { centres: start, rounds: 100 });
  expectClose(rowsOf(centres), expected['centers'], tolerance);
  expect([...(await nearestRow(plainAlgebra(), points, centres))]).toEqual(expected['labels']);
});

test('a centre without points stays', async () => {
  const points = matrixOf([
    [0, 0],
    [1, 0],
  ]);
  const centres = matrixOf([
    [0, 1],
    [50, 50],
  ]);
  const found = await kMeans(plainAlgebra(), points, { centres, rounds: 5 });
  expect(rowsOf(found)).toEqual([
    [0.5, 0],
    [50, 50],
  ]);
});

test('the nearest others are nearest first, and not the row itself', async () => {
  const rows = matrixOf([[0], [1], [3], [7], [7.5]]);
  expect([...(await nearestOthers(plainAlgebra(), rows, 2))]).toEqual([1, 2, 0, 2, 1, 0, 4, 2, 3, 2]);
});
