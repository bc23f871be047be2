import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { matrixOf, oracleCases } from '#test/support/oracle.ts';
import { syntheticUnits } from '#test/support/synthetic-units.ts';
import { takeRows } from '../matrix-rows.ts';
import { plainAlgebra } from '../plain-algebra.ts';
import { centroidWeights, rowsAtCentres } from './cluster-centroids.ts';

const cases = oracleCases('tomek-enn-nearmiss-clustercentroids.json').filter(({ name }) =>
  name.startsWith('cluster centroids'),
);

test.each(cases)('oracle: $name', async ({ inputs, expected }) => {
  const labels = inputs['y'] as number[];
  const units = Int32Array.from(labels.keys()).filter((unit) => labels[unit] === inputs['majority']);
  const points = takeRows(matrixOf(inputs['X'] as number[][]), units);
  const rows = await rowsAtCentres(plainAlgebra(), points, matrixOf(inputs['init'] as number[][]));
  expect([...rows].map((row) => units[row]).sort((a, b) => a! - b!)).toEqual(expected['hardRows']);
});

test('large classes are left with units from all over them, no more than the smallest has', async () => {
  const { features } = syntheticUnits({ rows: 60, cols: 2, classCount: 1, noise: 0, seed: 1, spread: 0 });
  // Of class 0 every third unit is far away from the others.
  const labels = Int32Array.from({ length: 60 }, (_, unit) => (unit < 50 ? 0 : unit < 58 ? 1 : -1));
  for (let unit = 0; unit < 50; unit += 3) features.data[2 * unit] = features.data[2 * unit]! + 100;
  const weights = await centroidWeights(plainAlgebra(), { features, labels }, seededRandom(1));
  const kept = [...weights.keys()].filter((unit) => weights[unit] === 1 && labels[unit] === 0);
  expect(kept.length).toBeLessThanOrEqual(8);
  expect(kept.length).toBeGreaterThan(4);
  expect(kept.some((unit) => unit % 3 === 0)).toBe(true);
  expect(kept.some((unit) => unit % 3 !== 0)).toBe(true);
  expect([...weights.subarray(50)]).toEqual(Array(10).fill(1));
});
