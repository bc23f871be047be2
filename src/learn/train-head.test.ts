import { describe, expect, test } from 'vitest';
import { syntheticUnits } from '#test/support/synthetic-units.ts';
import { plainAlgebra } from './plain-algebra.ts';
import { applyScale, measureScale } from './feature-scale.ts';
import { fitRegressions, regressionOf } from './logistic-head.ts';
import { logitsOf } from './softmax-objective.ts';
import { trainHead, type CalibratedHead, type LabelledUnits } from './train-head.ts';

const options = { seed: 1, folds: 5, onProgress: (): void => undefined };
const whole = syntheticUnits({ rows: 40, cols: 4, classCount: 2, noise: 0, seed: 1 });

/** The first units of the set, with labels and groups of the test. */
function few(labels: number[], groups: number[] = labels.map((_, i) => i)): LabelledUnits {
  const rows = labels.length;
  return {
    features: { data: whole.features.data.slice(0, rows * 4), rows, cols: 4 },
    labels: Int32Array.from(labels),
    groups: Int32Array.from(groups),
    classCount: 3,
  };
}

describe('what cannot be learned from is refused in words', () => {
  test.each([
    ['no labels', few([]), 'No image has a label yet'],
    ['one class', few([1, 1, 1]), 'All 3 labels are of one class'],
    ['one group', few([0, 1, 0], [7, 7, 7]), 'belong to one group'],
    [
      'every class in one group',
      few([0, 0, 1, 1], [1, 1, 2, 2]),
      'No class has labelled images in two groups',
    ],
  ])('%s', async (_, units, reason) => {
    const trained = await trainHead(plainAlgebra(), units, options);
    expect(trained).toMatchObject({ ok: false, error: { code: 'too-few' } });
    expect(!trained.ok && trained.error.reason).toContain(reason);
  });

  test('embeddings that are not numbers', async () => {
    const units = few([0, 1, 0, 1]);
    units.features.data[6] = Number.NaN;
    const trained = await trainHead(plainAlgebra(), units, options);
    expect(!trained.ok && trained.error.reason).toContain('embedding of labelled image 2 is not a number');
  });
});

test('three units of two classes are enough', async () => {
  const trained = await trainHead(plainAlgebra(), few([0, 1, 0]), options);
  expect(trained.ok && trained.value.folds).toBe(3);
  expect(trained.ok && [...trained.value.audit.score].every(Number.isFinite)).toBe(true);
});

test('embeddings without any variance give the prior', async () => {
  const units = few([0, 0, 0, 1, 1, 0]);
  units.features.data.fill(1);
  const trained = await trainHead(plainAlgebra(), units, options);
  expect(trained.ok && [...trained.value.validation.probabilities.data].every(Number.isFinite)).toBe(true);
});

function logit(head: CalibratedHead, data: Float32Array, k: number): number {
  const own = head.coefficients.subarray(k * 4, (k + 1) * 4);
  return own.reduce((sum, coefficient, i) => sum + coefficient * data[i]!, head.intercepts[k]!);
}

test('the head speaks of embeddings as they are', async () => {
  const scaled = {
    ...whole,
    features: { ...whole.features, data: whole.features.data.map((x) => 1000 * x + 50) },
  };
  const [one, other] = [
    await trainHead(plainAlgebra(), whole, options),
    await trainHead(plainAlgebra(), scaled, options),
  ];
  if (!one.ok || !other.ok) throw new Error('both can be learned from');
  const odds = (head: CalibratedHead, data: Float32Array): number =>
    logit(head, data, 1) - logit(head, data, 0);
  expect(odds(other.value.head, scaled.features.data)).toBeCloseTo(
    odds(one.value.head, whole.features.data),
    2,
  );
});

test('the temperature of the validation is in the head', async () => {
  const units = syntheticUnits({ rows: 60, cols: 4, classCount: 2, noise: 0.2, seed: 2 });
  const trained = await trainHead(plainAlgebra(), units, { ...options, adjustment: 0 });
  if (!trained.ok) throw new Error('can be learned from');
  const { head, l2, validation } = trained.value;
  expect(Math.abs(validation.temperature - 1)).toBeGreaterThan(0.05);
  const examples = { ...units, features: applyScale(units.features, measureScale(units.features)) };
  const [point] = await fitRegressions(plainAlgebra(), examples, {
    regressions: [regressionOf(examples, l2!)],
    tolerance: 1e-10,
  });
  const logits = await logitsOf(plainAlgebra(), examples, [point!]);
  for (let row = 0; row < 60; row++) {
    const data = units.features.data.subarray(row * 4, row * 4 + 4);
    const odds = (logits.data[row * 2 + 1]! - logits.data[row * 2]!) / validation.temperature;
    expect(logit(head, data, 1) - logit(head, data, 0)).toBeCloseTo(odds, 2);
  }
});
