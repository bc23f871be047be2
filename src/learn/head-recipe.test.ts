import { expect, test } from 'vitest';
import { expectClose, oracleCases } from '#test/support/oracle.ts';
import { syntheticUnits } from '#test/support/synthetic-units.ts';
import { headFits, plainRecipe, type HeadFits, type HeadRecipe } from './head-recipe.ts';
import { fitRegressions, regressionOf } from './logistic-head.ts';
import { plainAlgebra } from './plain-algebra.ts';
import type { HeadSampling } from './sampling/head-samples.ts';
import type { Examples } from './softmax-objective.ts';

const { features, truth } = syntheticUnits({
  rows: 90,
  cols: 4,
  classCount: 3,
  noise: 0,
  seed: 4,
  spread: 2,
});
// 60 of class 0, the others of 1 and 2, seven times as many of 1.
const labels = truth.map((_, row) => (row % 3 !== 0 ? 0 : row % 8 === 0 ? 2 : 1));
const examples: Examples = { features, labels, classCount: 3 };
const everything = [new Uint8Array(90).fill(1)];
const request = { l2: 0.01, tolerance: 1e-12, starts: null };

function fitsOf(change: Partial<HeadRecipe>): Promise<HeadFits> {
  return headFits(plainAlgebra(), examples, { recipe: { ...plainRecipe, ...change }, masks: everything });
}

async function pointOf(change: Partial<HeadRecipe>): Promise<Float64Array> {
  const { points } = await (await fitsOf(change)).fit(plainAlgebra(), request);
  return points[0]!;
}

async function weighted(classes: readonly number[]): Promise<Float64Array> {
  const regression = regressionOf(examples, 0.01, { classes });
  const [point] = await fitRegressions(plainAlgebra(), examples, {
    regressions: [regression],
    tolerance: 1e-12,
  });
  return point!;
}

test.each(oracleCases('class-weights.json'))(
  'class weights: $name',
  async ({ inputs, expected, tolerance }) => {
    const counts = inputs['counts'] as number[];
    const all = Int32Array.from(counts.flatMap((count, label) => Array<number>(count).fill(label)));
    const few: Examples = {
      features: { data: new Float64Array(all.length), rows: all.length, cols: 1 },
      ...{ labels: all, classCount: counts.length },
    };
    const masks = [new Uint8Array(all.length).fill(1)];
    const recipe = {
      ...plainRecipe,
      loss: { kind: 'class-weights', beta: inputs['beta'] as number },
    } as const;
    const { prior } = await headFits(plainAlgebra(), few, { recipe, masks });
    const raw = expected['effectiveNumberRaw'] as number[];
    const total = counts.reduce((sum, count, k) => sum + count * raw[k]!, 0);
    expectClose(
      prior[0],
      counts.map((count, k) => (count * raw[k]!) / total),
      Math.max(tolerance, 1e-9),
    );
  },
);

test('class weights are those of a weighted regression, and leave no prior to adjust to', async () => {
  const loss = { kind: 'class-weights', beta: 1 } as const;
  const sizes = [0, 1, 2].map((k) => labels.filter((label) => label === k).length);
  expectClose(await pointOf({ loss }), [...(await weighted(sizes.map((size) => 1 / size)))], 1e-4);
  expectClose((await fitsOf({ loss })).prior[0], [1 / 3, 1 / 3, 1 / 3], 1e-12);
});

test('oversampling is weighing classes, but for rounding', async () => {
  const sizes = [0, 1, 2].map((k) => labels.filter((label) => label === k).length);
  expect(sizes[0]! % sizes[2]!).toBe(0);
  const over = await pointOf({ sampling: 'over' });
  const by = await weighted(sizes.map((size) => 1 / size));
  const [dot, square] = [
    over.reduce((sum, v, i) => sum + v * by[i]!, 0),
    by.reduce((sum, v) => sum + v * v, 0),
  ];
  expect(dot / square).toBeCloseTo(1, 1);
});

test('balanced softmax has the parameters of cross-entropy: its prior is an adjustment', async () => {
  expect(await pointOf({ loss: { kind: 'balanced-softmax', tau: 1 } })).toEqual(await pointOf({}));
});

test('focal loss has others', async () => {
  expect(await pointOf({ loss: { kind: 'focal', gamma: 2 } })).not.toEqual(await pointOf({}));
});

test('an ensemble is the mean of its members', async () => {
  const fits = await fitsOf({ sampling: 'ensemble' });
  const { points, starts } = await fits.fit(plainAlgebra(), request);
  expect([points.length, starts.length]).toEqual([1, 10]);
  const mean = starts[0]!.map((_, i) => starts.reduce((sum, start) => sum + start[i]! / 10, 0));
  expectClose(points[0], [...mean], 1e-12);
});

test.each<HeadSampling>(['natural', 'over', 'hard', 'smote', 'ensemble'])(
  '%s repeats under its seed',
  async (sampling) => {
    expect(await pointOf({ sampling })).toEqual(await pointOf({ sampling }));
  },
);
