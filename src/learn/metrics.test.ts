import { expect, test } from 'vitest';
import { expectClose, matrixOf, oracleCases, rowsOf } from '#test/support/oracle.ts';
import {
  accuracyOf,
  balancedAccuracyOf,
  calibrationErrorOf,
  classCountsOf,
  confusionOf,
  logLossOf,
} from './metrics.ts';

test.each(oracleCases('imbalance-metrics.json'))('$name', ({ inputs, expected, tolerance }) => {
  const given = Int32Array.from(inputs.true as number[]);
  const predicted = Int32Array.from(inputs.predicted as number[]);
  const confusion = confusionOf(given, predicted, (expected.recall as number[]).length);
  expect(rowsOf({ data: confusion.counts, cols: confusion.classCount })).toEqual(expected.confusion);
  expectClose(accuracyOf(confusion), expected.accuracy, tolerance);
  expectClose(balancedAccuracyOf(confusion), expected.balancedAccuracy, tolerance);
  const counts = classCountsOf(confusion);
  expectClose(
    counts.map(({ both, support }) => both / support),
    expected.recall,
    tolerance,
  );
  expectClose(
    counts.map((one) => (one.predicted === 0 ? 0 : one.both / one.predicted)),
    expected.precision,
    tolerance,
  );
});

test.each(oracleCases('calibration-ece-brier.json'))('$name', ({ inputs, expected, tolerance }) => {
  const probabilities = matrixOf(inputs.probabilities as number[][]);
  const labels = Int32Array.from(inputs.labels as number[]);
  expectClose(calibrationErrorOf(probabilities, labels, inputs.bins as number), expected.ece, tolerance);
  expectClose(logLossOf(probabilities, labels), expected.logLoss, tolerance);
});

test('classes without units do not count in the balanced accuracy', () => {
  const confusion = confusionOf(Int32Array.of(0, 0, 0, 1), Int32Array.of(0, 0, 2, 1), 3);
  expect(accuracyOf(confusion)).toBe(0.75);
  expect(balancedAccuracyOf(confusion)).toBeCloseTo((2 / 3 + 1) / 2, 12);
});
