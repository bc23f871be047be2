import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose, matrixOf, oracleCases, rowsOf } from '#test/support/oracle.ts';
import { argmaxRows, logLossOf } from './metrics.ts';
import { fitCautiousTemperature, fitTemperature, softmaxRows } from './temperature.ts';

test.each(oracleCases('temperature.json'))('$name', ({ inputs, expected, tolerance }) => {
  const logits = matrixOf(inputs.logits as number[][]);
  const labels = Int32Array.from(inputs.y as number[]);
  const temperature = fitTemperature(logits, labels);
  expectClose(temperature, expected.temperature, tolerance);
  expectClose(logLossOf(softmaxRows(logits), labels), expected.nllBefore, tolerance);
  expectClose(logLossOf(softmaxRows(logits, temperature), labels), expected.nllAfter, tolerance);
  expectClose(rowsOf(softmaxRows(logits, temperature))[0], expected.firstRow, tolerance);
});

test('temperature never changes the most likely class', () => {
  const logit = fc.integer({ min: -3000, max: 3000 }).map((value) => value / 100);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(logit, logit, logit), { minLength: 1 }),
      fc.double({ min: 0.05, max: 20, noNaN: true }),
      (rows, temperature) => {
        const logits = matrixOf(rows);
        expect(argmaxRows(softmaxRows(logits, temperature))).toEqual(argmaxRows(logits));
      },
    ),
  );
});

test('a class that cannot be keeps probability 0', () => {
  const logits = matrixOf([
    [1, 0, -Infinity],
    [0, 1, -Infinity],
    [2, 1, -Infinity],
  ]);
  const temperature = fitTemperature(logits, Int32Array.of(0, 1, 1));
  expect(temperature).toBeGreaterThan(0.05);
  expect(rowsOf(softmaxRows(logits, temperature)).map((row) => row[2])).toEqual([0, 0, 0]);
});

test('separable logits end at the coldest temperature, useless ones at the hottest', () => {
  const logits = matrixOf([
    [3, 0],
    [0, 3],
  ]);
  expect(fitTemperature(logits, Int32Array.of(0, 1))).toBeCloseTo(0.05, 3);
  expect(fitTemperature(logits, Int32Array.of(1, 0))).toBeCloseTo(20, 1);
});

test('being always right on few units does not make sure', () => {
  const sureness = (count: number): number => {
    const logits = matrixOf(Array.from({ length: count }, (_, i) => (i % 2 === 0 ? [3, 0] : [0, 3])));
    const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
    return softmaxRows(logits, fitCautiousTemperature(logits, labels)).data[0]!;
  };
  // One unit more of either class: (count + 1/2) / (count + 1).
  for (const count of [4, 40, 400]) expect(sureness(count)).toBeCloseTo((count + 0.5) / (count + 1), 6);
});
