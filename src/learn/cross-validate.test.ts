import { expect, test } from 'vitest';
import { rowsOf } from '#test/support/oracle.ts';
import { syntheticUnits } from '#test/support/synthetic-units.ts';
import { crossValidate, penalties } from './cross-validate.ts';
import { fitRegressions, regressionOf } from './logistic-head.ts';
import { argmaxRows } from './metrics.ts';
import { plainAlgebra } from './plain-algebra.ts';
import { logitsOf } from './softmax-objective.ts';
import { softmaxRows } from './temperature.ts';

const units = syntheticUnits({ rows: 120, cols: 6, classCount: 3, noise: 0.1, seed: 1 });
const fold = Int32Array.from({ length: 120 }, (_, i) => i % 4);

test('every unit is predicted by a head that never saw its fold', async () => {
  const found = await crossValidate(plainAlgebra(), units, { fold, folds: 4 });
  for (const left of [0, 1, 2, 3]) {
    const regression = regressionOf(units, found.l2, { samples: fold.map((own) => (own === left ? 0 : 1)) });
    const [point] = await fitRegressions(plainAlgebra(), units, {
      regressions: [regression],
      tolerance: 1e-12,
    });
    const alone = rowsOf(softmaxRows(await logitsOf(plainAlgebra(), units, [point!]), found.temperature));
    const together = rowsOf(found.probabilities);
    for (const [row, own] of fold.entries()) {
      if (own !== left) continue;
      for (const k of [0, 1, 2]) expect(Math.abs(together[row]![k]! - alone[row]![k]!)).toBeLessThan(0.02);
    }
  }
});

test('labels of noise choose a strong penalty, labels of signal a weak one', async () => {
  const signal = syntheticUnits({ rows: 150, cols: 20, classCount: 2, noise: 0, seed: 2, spread: 8 });
  const noise = { ...signal, labels: signal.labels.map((_, i) => (i * 7919) % 2) };
  const folds = { fold: Int32Array.from({ length: 150 }, (_, i) => i % 5), folds: 5 };
  const learned = await crossValidate(plainAlgebra(), signal, folds);
  const nothing = await crossValidate(plainAlgebra(), noise, folds);
  expect(learned.l2).toBeLessThan(nothing.l2);
  expect(nothing.logLoss).toBeLessThan(Math.log(2) + 0.02);
});

test('a rise by chance does not end the search for a penalty', async () => {
  const few = syntheticUnits({ rows: 30, cols: 12, classCount: 5, noise: 0.2, seed: 25, spread: 2 });
  const found = await crossValidate(plainAlgebra(), few, {
    fold: fold.subarray(0, 30).map((_, i) => i % 5),
    folds: 5,
  });
  // The loss is 1.4322, 1.4341, 1.4361, 1.4316 … 1.4230 along the penalties.
  expect(found.l2).toBe(penalties.at(-1));
  expect(found.logLoss).toBeCloseTo(1.423, 3);
});

test('a clear rise ends it', async () => {
  const steps: number[] = [];
  const wide = syntheticUnits({ rows: 120, cols: 60, classCount: 3, noise: 0.6, seed: 1 });
  const onProgress = (done: number): number => steps.push(done);
  await crossValidate(plainAlgebra(), wide, { fold, folds: 4, onProgress });
  expect(steps.length).toBeLessThan(penalties.length);
});

test('a class of one unit cannot be judged, and a class of none is never predicted', async () => {
  const labels = units.labels.map((label, i) => (i === 0 ? 3 : label));
  const found = await crossValidate(plainAlgebra(), { ...units, labels, classCount: 5 }, { fold, folds: 4 });
  expect(Array.from(found.isJudged.subarray(0, 4))).toEqual([0, 1, 1, 1]);
  expect(Number.isFinite(found.logLoss)).toBe(true);
  const rows = rowsOf(found.probabilities);
  expect(rows[0]![3]).toBeGreaterThan(0);
  expect(rows[0]![3]).toBeLessThan(0.05);
  expect(rows.every((row) => row[4] === 0)).toBe(true);
  expect(argmaxRows(found.probabilities)).not.toContain(4);
});
