import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { syntheticUnits } from '#test/support/synthetic-units.ts';
import { estimateErrors } from './estimated-errors.ts';
import { plainAlgebra } from './plain-algebra.ts';
import { averagePrecision } from './ranking.ts';
import { chanceWrong } from './suspects.ts';
import { trainHead, type TrainedHead } from './train-head.ts';

const options = { seed: 1, folds: 5, onProgress: (): void => undefined };

async function train(units: Parameters<typeof trainHead>[1]): Promise<TrainedHead> {
  const trained = await trainHead(plainAlgebra(), units, options);
  if (!trained.ok) throw new Error(trained.error.reason);
  return trained.value;
}

const units = syntheticUnits({ rows: 400, cols: 8, classCount: 4, noise: 0.1, seed: 3 });
const wrongRows = [...units.labels.keys()].filter((row) => units.labels[row] !== units.truth[row]);

describe('the audit of labels with planted errors', async () => {
  const { audit } = await train(units);
  const isWrong = units.labels.map((label, row) => Number(label !== units.truth[row]));

  test('puts them first and suggests the truth', () => {
    const precision = averagePrecision(
      audit.score.map((value) => -value),
      isWrong,
    );
    expect(precision).toBeGreaterThan(0.8);
    const fixed = wrongRows.filter((row) => audit.suggested[row] === units.truth[row]);
    expect(fixed.length / wrongRows.length).toBeGreaterThan(0.8);
  });

  test('lists every unit once, by score', () => {
    expect([...audit.order].sort((a, b) => a - b)).toEqual([...units.labels.keys()]);
    const scores = Array.from(audit.order, (unit) => audit.score[unit]!);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
  });

  test('counts them, and spreads the count over the units', () => {
    const { value, low, high } = audit.estimatedErrors;
    expect(low).toBeLessThanOrEqual(wrongRows.length);
    expect(high).toBeGreaterThanOrEqual(wrongRows.length);
    expect(audit.wrong.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(value, 3);
  });

  test('shows neighbours that agree with who is right', () => {
    const share = (rows: number[], counts: Int32Array): number =>
      rows.reduce((sum, row) => sum + counts[row]! / audit.neighbours, 0) / rows.length;
    expect(share(wrongRows, audit.neighboursSuggested)).toBeGreaterThan(0.6);
    expect(share(wrongRows, audit.neighboursGiven)).toBeLessThan(0.3);
  });
});

test('names of classes do not matter', async () => {
  const names = [2, 0, 3, 1];
  const renamed = { ...units, labels: units.labels.map((label) => names[label]!) };
  const [before, after] = [await train(units), await train(renamed)];
  const top = (trained: TrainedHead): number[] => [...trained.audit.order.subarray(0, 30)].sort();
  expect(top(after)).toEqual(top(before));
  for (const row of wrongRows) expect(after.audit.suggested[row]).toBe(names[before.audit.suggested[row]!]);
});

test('the same seed gives the same audit', async () => {
  const [one, other] = [await train(units), await train(units)];
  expect(other.audit).toEqual(one.audit);
  expect(other.head).toEqual(one.head);
});

test('the only unit of a class is as suspect as the average', async () => {
  const labels = units.labels.map((label, row) => (row === 5 ? 4 : label));
  const { audit } = await train({ ...units, labels, classCount: 5 });
  const rank = audit.order.indexOf(5);
  expect(rank).toBeGreaterThan(40);
  expect(audit.wrong[5]).toBeLessThan(0.5);
});

test('clean labels have few estimated errors, and more noise has more', async () => {
  const estimates: number[] = [];
  for (const noise of [0, 0.08, 0.25]) {
    const noisy = syntheticUnits({ rows: 400, cols: 8, classCount: 4, noise, seed: 4, spread: 4 });
    const { audit } = await train(noisy);
    const count = noisy.labels.filter((label, row) => label !== noisy.truth[row]).length;
    expect(audit.estimatedErrors.low).toBeLessThanOrEqual(count);
    expect(audit.estimatedErrors.high).toBeGreaterThanOrEqual(count);
    estimates.push(audit.estimatedErrors.value);
  }
  expect(estimates[0]).toBeLessThan(8);
  expect(estimates).toEqual(estimates.toSorted((a, b) => a - b));
});

test('chances sum to the errors and keep the order', () => {
  const score = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(score, { minLength: 2, maxLength: 50 }),
      fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      (scores, share) => {
        const errors = share * scores.length;
        const wrong = chanceWrong(Float64Array.from(scores), errors);
        expect(wrong.reduce((sum, value) => sum + value, 0)).toBeCloseTo(errors, 6);
        for (let i = 1; i < scores.length; i++) {
          if (scores[i]! < scores[i - 1]!) expect(wrong[i]).toBeGreaterThanOrEqual(wrong[i - 1]!);
        }
      },
    ),
  );
});

test('where nothing looks wrong, nothing is estimated to be', () => {
  const labels = Int32Array.from({ length: 60 }, (_, i) => i % 2);
  const data = Float64Array.from({ length: 120 }, (_, at) => (at % 2 === labels[at >> 1] ? 0.99 : 0.01));
  const found = estimateErrors({ labels, probabilities: { data, rows: 60, cols: 2 } });
  expect(found.value).toBe(0);
  expect(found.low).toBe(0);
  expect(chanceWrong(data, found.value).every((value) => value === 0)).toBe(true);
});
