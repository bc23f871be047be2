import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { matrixOf, oracleCases, rowsOf } from '#test/support/oracle.ts';
import { syntheticUnits } from '#test/support/synthetic-units.ts';
import { nearestOthers } from '../nearest-by-distance.ts';
import { plainAlgebra } from '../plain-algebra.ts';
import { smote } from './smote.ts';

/** Whether a point lies on a segment between a row and one of its k nearest others. */
async function isOnSegment(point: readonly number[], rows: number[][], k: number): Promise<boolean> {
  const nearest = await nearestOthers(plainAlgebra(), matrixOf(rows), k);
  return rows.some((from, row) =>
    [...nearest.subarray(row * k, (row + 1) * k)].some((other) => liesBetween(point, from, rows[other]!)),
  );
}

function liesBetween(point: readonly number[], from: readonly number[], to: readonly number[]): boolean {
  const way = to.map((value, at) => value - from[at]!);
  const gone = point.map((value, at) => value - from[at]!);
  const square = way.reduce((sum, value) => sum + value * value, 0);
  const share = gone.reduce((sum, value, at) => sum + value * way[at]!, 0) / square;
  const miss = Math.hypot(...gone.map((value, at) => value - share * way[at]!));
  return share > -1e-9 && share < 1 + 1e-9 && miss < 1e-9;
}

test.each(oracleCases('smote-property.json'))('oracle: $name', async ({ inputs, expected }) => {
  const base = inputs['base'] as number[][];
  for (const [at, point] of (inputs['synthetic'] as number[][]).entries()) {
    const found = await isOnSegment(point, base, inputs['neighbours'] as number);
    expect(found).toBe((expected['onSegment'] as boolean[])[at]);
  }
});

const { features, truth } = syntheticUnits({
  rows: 90,
  cols: 3,
  classCount: 2,
  noise: 0,
  seed: 4,
  spread: 2,
});
const points = { ...features, data: Float64Array.from(features.data) };
// 12 of class 1, 3 of class 2, 1 of class 3, the others of class 0.
const labels = truth.map((_, row) => (row < 12 ? 1 : row < 15 ? 2 : row < 16 ? 3 : 0));

test('small classes are filled up with points on segments between a unit and one of its five neighbours', async () => {
  const examples = { features: points, labels, classCount: 4 };
  const found = await smote(plainAlgebra(), examples, seededRandom(2));
  const made = (label: number): number[] =>
    [...found.labels.keys()].filter((at) => found.labels[at] === label);
  // Class 1 takes five for each unit, class 2 two: it has no more neighbours. Class 3 has none.
  expect([0, 1, 2, 3].map((label) => made(label).length)).toEqual([0, 60, 6, 0]);
  const rows = rowsOf(points);
  for (const label of [1, 2]) {
    const own = rows.filter((_, row) => labels[row] === label);
    for (const at of made(label)) {
      expect(await isOnSegment(rowsOf(found.features)[at]!, own, Math.min(5, own.length - 1))).toBe(true);
      const [from, to] = [found.parents[2 * at]!, found.parents[2 * at + 1]!];
      expect(liesBetween(rowsOf(found.features)[at]!, rows[from]!, rows[to]!)).toBe(true);
      expect([labels[from], labels[to]]).toEqual([label, label]);
    }
  }
});
