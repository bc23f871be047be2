import { expect, test } from 'vitest';
import { expectClose, matrixOf, oracleCases, rowsOf } from '#test/support/oracle.ts';
import { syntheticUnits } from '#test/support/synthetic-units.ts';
import { unitRows } from './feature-scale.ts';
import type { Matrix } from './algebra.ts';
import { argmaxRows } from './metrics.ts';
import { plainAlgebra } from './plain-algebra.ts';
import { prototypePoint, prototypesOf, validatePrototypes, type Prototypes } from './prototype-head.ts';
import { logitsOf } from './softmax-objective.ts';
import { softmaxRows } from './temperature.ts';

async function probabilitiesOf(query: Matrix, prototypes: Prototypes, temperature: number): Promise<Matrix> {
  const { rows: classCount } = prototypes.means;
  const examples = { features: query, labels: new Int32Array(query.rows), classCount };
  return softmaxRows(await logitsOf(plainAlgebra(), examples, [prototypePoint(prototypes, temperature)]));
}

test.each(oracleCases('prototypical.json'))('oracle: $name', async ({ inputs, expected, tolerance }) => {
  const isCosine = inputs['metric'] === 'cosine';
  const prepare = (matrix: Matrix): Matrix => (isCosine ? unitRows(matrix) : matrix);
  const labels = Int32Array.from(inputs['supportLabels'] as number[]);
  const features = prepare(matrixOf(inputs['support'] as number[][]));
  const mask = new Uint8Array(labels.length).fill(1);
  const found = prototypesOf({ features, labels, classCount: 3 }, mask, inputs['priorStrength'] as number);
  // Half the squared distance of unit vectors is 1 − cosine.
  const prototypes = isCosine ? { ...found, means: unitRows(found.means) } : found;
  expectClose(rowsOf(prototypes.means), expected['prototypes'], tolerance);
  const query = prepare(matrixOf(inputs['query'] as number[][]));
  const probabilities = await probabilitiesOf(query, prototypes, isCosine ? 2 : 1);
  expectClose(rowsOf(probabilities), expected['probabilities'], tolerance);
  expect([...argmaxRows(probabilities)]).toEqual(expected['prediction']);
});

const units = syntheticUnits({ rows: 90, cols: 6, classCount: 3, noise: 0.1, seed: 3 });
const folds = { fold: Int32Array.from({ length: 90 }, (_, row) => row % 3), folds: 3 };

test('every unit is predicted by means that it is not in', async () => {
  const found = await validatePrototypes(plainAlgebra(), units, folds);
  for (const left of [0, 1, 2]) {
    const mask = Uint8Array.from(folds.fold, (own) => Number(own !== left));
    const prototypes = prototypesOf(units, mask, found.shrinkage);
    const alone = rowsOf(await probabilitiesOf(units.features, prototypes, found.temperature));
    for (const row of folds.fold.keys()) {
      if (folds.fold[row] === left) expectClose(rowsOf(found.probabilities)[row], alone[row], 1e-6);
    }
  }
});

test('the probabilities are calibrated, whatever the unit of the features', async () => {
  const features = { ...units.features, data: units.features.data.map((value) => 1000 * value) };
  const [one, other] = [
    await validatePrototypes(plainAlgebra(), units, folds),
    await validatePrototypes(plainAlgebra(), { ...units, features }, folds),
  ];
  expect(one.logLoss).toBeLessThan(0.75);
  expect(other.logLoss).toBeCloseTo(one.logLoss, 3);
  expect(other.temperature / one.temperature).toBeCloseTo(1e6, -4);
});

test('the more units, the surer', async () => {
  const few = syntheticUnits({ rows: 18, cols: 40, classCount: 3, noise: 0, seed: 8, spread: 2 });
  const many = syntheticUnits({ rows: 600, cols: 40, classCount: 3, noise: 0, seed: 8, spread: 2 });
  const deal = (rows: number) => ({ fold: Int32Array.from({ length: rows }, (_, row) => row % 6), folds: 6 });
  const [small, large] = [
    await validatePrototypes(plainAlgebra(), few, deal(18)),
    await validatePrototypes(plainAlgebra(), many, deal(600)),
  ];
  expect(small.logLoss).toBeLessThan(Math.log(3));
  expect(large.logLoss).toBeLessThan(small.logLoss);
});

test('a class of one unit cannot be judged, and is as rare as a new one', async () => {
  const labels = units.labels.map((label, row) => (row === 0 ? 3 : label));
  const found = await validatePrototypes(plainAlgebra(), { ...units, labels, classCount: 5 }, folds);
  expect(Array.from(found.isJudged.subarray(0, 3))).toEqual([0, 1, 1]);
  const [first, ...others] = rowsOf(found.probabilities);
  expect(first![3]).toBeGreaterThan(0);
  expect(first![3]).toBeLessThan(0.05);
  expect([first, ...others].every((row) => row![4] === 0)).toBe(true);
});
