import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { expectClose, matrixOf, oracleCases, rowsOf } from '#test/support/oracle.ts';
import { chooseAdjustment, logitShift, shiftRows } from './logit-adjustment.ts';
import { argmaxRows } from './metrics.ts';
import { softmaxRows } from './temperature.ts';

const cases = oracleCases('logit-adjustment.json');

test.each(cases.filter(({ inputs }) => 'tau' in inputs))(
  'oracle: $name',
  ({ inputs, expected, tolerance }) => {
    const logits = inputs['logits'] as number[][];
    const shift = logitShift(Float64Array.from(inputs['prior'] as number[]), inputs['tau'] as number);
    const adjusted = logits.map((row) => row.map((logit, k) => logit + shift[k]!));
    expectClose(adjusted, expected['adjusted'], tolerance);
    const probabilities = shiftRows(softmaxRows(matrixOf(logits)), shift);
    expectClose(rowsOf(probabilities), expected['probabilities'], tolerance);
    expect([...argmaxRows(probabilities)]).toEqual(expected['prediction']);
  },
);

test.each(cases.filter(({ inputs }) => 'means' in inputs))(
  'oracle: $name',
  ({ inputs, expected, tolerance }) => {
    const posterior = softmaxRows(matrixOf(expected['logits'] as number[][]));
    const shift = logitShift(Float64Array.from(inputs['prior'] as number[]), 1);
    expectClose(rowsOf(shiftRows(posterior, shift)), expected['balancedPosterior'], tolerance);
  },
);

const prior = Float64Array.of(0.85, 0.1, 0.05);
const means = [
  [0, 0],
  [1.5, 1],
  [-1, 1.5],
];

/** Units of a mixture of Gaussian classes, with the probabilities that are true of them. */
function mixture(count: number, seed: number, of: Float64Array = prior) {
  const random = seededRandom(seed);
  const labels = Int32Array.from({ length: count }, () => {
    const at = random.next();
    return at < of[0]! ? 0 : at < of[0]! + of[1]! ? 1 : 2;
  });
  const points = [...labels].map((label) => means[label]!.map((mean) => mean + random.normal()));
  const posterior = (weights: Float64Array) =>
    softmaxRows(
      matrixOf(
        points.map((point) =>
          means.map((mean, k) => {
            const square = point.reduce((sum, value, at) => sum + (value - mean[at]!) ** 2, 0);
            return Math.log(weights[k]!) - square / 2;
          }),
        ),
      ),
    );
  return { labels, posterior };
}

test('at tau 1 the posterior of a mixture becomes that of equally frequent classes', () => {
  const { posterior } = mixture(50, 1);
  const balanced = posterior(Float64Array.of(1 / 3, 1 / 3, 1 / 3));
  expectClose(rowsOf(shiftRows(posterior(prior), logitShift(prior, 1))), rowsOf(balanced), 1e-12);
});

function choose(count: number, seed: number, of = prior): number {
  const { labels, posterior } = mixture(count, seed, of);
  const isJudged = new Uint8Array(count).fill(1);
  return chooseAdjustment({ probabilities: posterior(of), labels, prior: of, isJudged });
}

test('an unbalanced mixture asks for an adjustment, a balanced one for none', () => {
  for (let seed = 1; seed <= 10; seed++) {
    expect(choose(2000, seed)).toBeGreaterThanOrEqual(0.5);
    expect(choose(2000, seed, Float64Array.of(1 / 3, 1 / 3, 1 / 3))).toBe(0);
  }
});

test('a gain within its standard error is no reason for an adjustment', () => {
  // One of 4 in the rare class would turn right, 4 of 20 in the other wrong: a quarter beside a fifth.
  const unsure = (count: number): number[][] => Array<number[]>(count).fill([0.6, 0.4]);
  const sure = (count: number, row: number[]): number[][] => Array<number[]>(count).fill(row);
  const rows = [...unsure(5), ...sure(16, [0.99, 0.01]), ...sure(3, [0.01, 0.99])];
  const labels = Int32Array.from(rows, (_, row) => (row === 0 || row > 20 ? 1 : 0));
  const isJudged = new Uint8Array(rows.length).fill(1);
  const judged = { probabilities: matrixOf(rows), labels, prior: Float64Array.of(20 / 24, 4 / 24), isJudged };
  expect(chooseAdjustment(judged)).toBe(0);
});

test('units that could not be judged are no reason for an adjustment', () => {
  // The one unit of the rare class turns right, none turns wrong.
  const probabilities = matrixOf([[0.6, 0.4], ...Array.from({ length: 9 }, () => [0.99, 0.01])]);
  const labels = Int32Array.from({ length: 10 }, (_, row) => (row === 0 ? 1 : 0));
  const share = Float64Array.of(0.9, 0.1);
  const judged = { probabilities, labels, prior: share };
  expect(chooseAdjustment({ ...judged, isJudged: new Uint8Array(10).fill(1) })).toBeGreaterThan(0);
  expect(chooseAdjustment({ ...judged, isJudged: Uint8Array.from(labels, (label) => 1 - label) })).toBe(0);
});

test('classes that nobody has stay impossible', () => {
  const shift = logitShift(Float64Array.of(0.5, 0.5, 0), 1.5);
  expect(shift[2]).toBe(0);
  expect(rowsOf(shiftRows(matrixOf([[0.3, 0.7, 0]]), shift))[0]![2]).toBe(0);
});
