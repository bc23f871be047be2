import { describe, expect, test } from 'vitest';
import { syntheticUnits } from '#test/support/synthetic-units.ts';
import { plainAlgebra } from './plain-algebra.ts';
import { applyScale, measureScale } from './feature-scale.ts';
import { fitRegressions, regressionOf } from './logistic-head.ts';
import { argmaxRows, balancedAccuracyOf, confusionOf } from './metrics.ts';
import { logitsOf } from './softmax-objective.ts';
import {
  trainHead,
  type CalibratedHead,
  type LabelledUnits,
  type TrainedHead,
  type TrainingOptions,
} from './train-head.ts';

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
    logitAt(head, data, 1) - logitAt(head, data, 0);
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
    expect(logitAt(head, data, 1) - logitAt(head, data, 0)).toBeCloseTo(odds, 2);
  }
});

/** Units of two classes that overlap, 20 to 1; and how many of each class are predicted right without their labels. */
const rare = syntheticUnits({ rows: 800, cols: 3, classCount: 2, noise: 0, seed: 6, spread: 1.2 });
const kept = [...rare.labels.keys()].filter((row) => rare.labels[row] === 0 || row % 20 === 0);
const unbalanced: LabelledUnits = {
  features: {
    data: Float32Array.from(kept.flatMap((row) => [...rare.features.data.subarray(row * 3, row * 3 + 3)])),
    rows: kept.length,
    cols: 3,
  },
  labels: Int32Array.from(kept, (row) => rare.labels[row]!),
  groups: Int32Array.from(kept.keys()),
  classCount: 2,
};

async function trained(change: Partial<TrainingOptions>): Promise<TrainedHead> {
  const found = await trainHead(plainAlgebra(), unbalanced, { ...options, ...change });
  if (!found.ok) throw new Error(found.error.reason);
  return found.value;
}

function balancedAccuracy({ predicted }: TrainedHead): number {
  return balancedAccuracyOf(confusionOf(unbalanced.labels, predicted, 2));
}

describe('rare classes', () => {
  test('are given an advantage in what is predicted, and in the head', async () => {
    const [adjusted, plain] = [await trained({}), await trained({ adjustment: 0 })];
    expect(adjusted.adjustment).toBeGreaterThan(0);
    expect(balancedAccuracy(adjusted)).toBeGreaterThan(balancedAccuracy(plain) + 0.1);
    const share = unbalanced.labels.filter((label) => label === 1).length / unbalanced.labels.length;
    const shift = adjusted.adjustment * Math.log((1 - share) / share);
    for (const row of [0, 5, 9]) {
      const data = unbalanced.features.data.subarray(row * 3, row * 3 + 3);
      const odds = (of: TrainedHead): number => logitAt(of.head, data, 1) - logitAt(of.head, data, 0);
      expect(odds(adjusted) - odds(plain)).toBeCloseTo(shift, 3);
    }
  });

  test('are judged without it', async () => {
    const [adjusted, plain] = [await trained({}), await trained({ adjustment: 0 })];
    expect(adjusted.validation).toEqual(plain.validation);
    expect(adjusted.audit).toEqual(plain.audit);
    expect(adjusted.probabilities).not.toEqual(plain.probabilities);
    expect(adjusted.predicted).toEqual(argmaxRows(adjusted.probabilities));
  });

  test('that were sampled as often as others need none', async () => {
    expect((await trained({ sampling: 'over' })).adjustment).toBe(0);
    expect((await trained({ loss: { kind: 'class-weights', beta: 1 } })).adjustment).toBe(0);
  });

  test('have the advantage that balanced softmax was given', async () => {
    const found = await trained({ loss: { kind: 'balanced-softmax', tau: 0.7 } });
    expect(found.adjustment).toBe(0.7);
  });
});

describe('class means or a head', () => {
  test('what is asked for is trained', async () => {
    expect(await trained({ regime: 'prototype' })).toMatchObject({
      regime: 'prototype',
      l2: null,
      compared: [],
    });
    expect(await trained({ regime: 'head' })).toMatchObject({ regime: 'head', compared: [] });
  });

  test('class means stay unless a head is better by a standard error', async () => {
    const even = syntheticUnits({ rows: 60, cols: 4, classCount: 3, noise: 0, seed: 3, spread: 6 });
    const easy = await trainHead(plainAlgebra(), even, { ...options, regime: 'auto' });
    expect(easy).toMatchObject({ value: { regime: 'prototype' } });
    // The class is told by one column alone, and another one is far wider.
    const data = even.features.data.map((value, at) =>
      at % 4 === 0 ? even.labels[Math.floor(at / 4)]! + value * 0.05 : at % 4 === 1 ? value * 30 : value,
    );
    const wide = { ...even, features: { ...even.features, data } };
    const hard = await trainHead(plainAlgebra(), wide, { ...options, regime: 'auto' });
    if (!hard.ok) throw new Error(hard.error.reason);
    expect(hard.value.regime).toBe('head');
    expect(hard.value.compared.map(({ regime, isChosen }) => [regime, isChosen])).toEqual([
      ['prototype', false],
      ['head', true],
    ]);
  });

  test('class means are a head like any other', async () => {
    const { head, probabilities, validation } = await trained({ regime: 'prototype' });
    expect(probabilities).toBe(validation.probabilities);
    let right = 0;
    for (const [row, label] of unbalanced.labels.entries()) {
      const data = unbalanced.features.data.subarray(row * 3, row * 3 + 3);
      right += Number(Number(logitAt(head, data, 1) > logitAt(head, data, 0)) === label);
    }
    expect(right / unbalanced.labels.length).toBeGreaterThan(0.6);
  });
});

function logitAt({ dim, coefficients, intercepts }: CalibratedHead, data: Float32Array, k: number): number {
  const own = coefficients.subarray(k * dim, (k + 1) * dim);
  return own.reduce((sum, coefficient, i) => sum + coefficient * data[i]!, intercepts[k]!);
}
