import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { expectClose, oracleCases } from '#test/support/oracle.ts';
import { bootstrapMean, clopperPearsonInterval, meanInterval, wilsonInterval } from './intervals.ts';
import { logGamma, normalQuantile, regularizedBeta } from './special-functions.ts';

const cases = oracleCases('hypergeometric-binomial-chi2.json');

const intervals = cases.filter(({ expected }) => expected.wilson !== undefined);
test.each(intervals)('$name', ({ inputs, expected, tolerance }) => {
  const { successes, n, confidence } = inputs as { successes: number; n: number; confidence: number };
  const wilson = wilsonInterval(successes, n, confidence);
  const exact = clopperPearsonInterval(successes, n, confidence);
  expectClose([wilson.low, wilson.high], expected.wilson, tolerance);
  expectClose([exact.low, exact.high], expected.clopperPearson, tolerance);
});

const functions = cases.filter(({ expected }) => expected.normalQuantile !== undefined);
test.each(functions)('$name', ({ inputs, expected, tolerance }) => {
  expectClose((inputs.q as number[]).map(normalQuantile), expected.normalQuantile, tolerance);
  expectClose((inputs.gamma as number[]).map(logGamma), expected.logGamma, tolerance);
  const beta = (inputs.beta as [number, number, number][]).map(([a, b, x]) => regularizedBeta(x, a, b));
  expectClose(beta, expected.regularisedBeta, tolerance);
});

test('the interval of one part is its own, of many it narrows', () => {
  const part = wilsonInterval(30, 100);
  expect(meanInterval([part])).toEqual(part);
  const many = meanInterval([part, part, part, part]);
  expect(many.value).toBeCloseTo(0.3, 12);
  expect(many.high - many.value).toBeCloseTo((part.high - part.value) / 2, 12);
  expect(many.value - many.low).toBeCloseTo((part.value - part.low) / 2, 12);
});

test('the bootstrap of a mean is near the normal interval, and repeats', () => {
  const random = seededRandom(5);
  const values = Float64Array.from({ length: 400 }, () => 3 + random.normal());
  const found = bootstrapMean(values, seededRandom(1));
  const reach = (1.96 * 1) / Math.sqrt(400);
  expect(found.low).toBeCloseTo(found.value - reach, 1);
  expect(found.high).toBeCloseTo(found.value + reach, 1);
  expect(bootstrapMean(values, seededRandom(1))).toEqual(found);
});
