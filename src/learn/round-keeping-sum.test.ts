import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundKeepingSum } from './round-keeping-sum.ts';

test('keeps whole sums and moves no number by one or more', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(counts, fc.integer({ min: 0, max: 5000 }), (parts, total) => {
      const sum = parts.reduce((all, part) => all + part, 0) || 1;
      const values = Float64Array.from(parts, (part) => (part / sum) * total);
      const whole = roundKeepingSum(values);
      const target = parts.some((part) => part > 0) ? total : 0;
      expect(whole.reduce((all, value) => all + value, 0)).toBe(target);
      for (const [i, value] of values.entries()) expect(Math.abs(value - whole[i]!)).toBeLessThan(1);
    }),
  );
});

test('gives what is missing to the largest rest', () => {
  expect(Array.from(roundKeepingSum(Float64Array.of(1.4, 1.3, 1.3)))).toEqual([2, 1, 1]);
  expect(Array.from(roundKeepingSum(Float64Array.of(0.5, 1.5)))).toEqual([0, 2]);
});
