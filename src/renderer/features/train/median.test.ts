import { expect, it } from 'vitest';
import { median } from './median.ts';

it('is in the middle', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 9])).toBe(3);
  expect(median([])).toBe(0);
});
