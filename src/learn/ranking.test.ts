import { expect, test } from 'vitest';
import { expectClose, oracleCases } from '#test/support/oracle.ts';
import { areaUnderRoc, averagePrecision } from './ranking.ts';

const cases = oracleCases('ranking-auroc-ap.json').filter(({ inputs }) => inputs.scores !== undefined);

test.each(cases)('$name', ({ inputs, expected, tolerance }) => {
  const scores = inputs.scores as number[];
  const labels = inputs.labels as number[];
  expectClose(areaUnderRoc(scores, labels), expected.auroc, tolerance);
  expectClose(averagePrecision(scores, labels), expected.averagePrecision, tolerance);
});

test('one positive below one negative', () => {
  expect(areaUnderRoc([3, 2, 1], [1, 0, 1])).toBe(0.5);
  expect(averagePrecision([3, 2, 1], [1, 0, 1])).toBeCloseTo(0.5 + 0.5 * (2 / 3), 12);
});
