import { expect, test } from 'vitest';
import { readiness } from './readiness.ts';

test('a training needs images and two classes with two labels each', () => {
  expect(readiness(0, [])).toBe('no-images');
  expect(readiness(9, [])).toBe('too-few-labels');
  expect(readiness(9, [{ units: 5 }, { units: 1 }])).toBe('too-few-labels');
  expect(readiness(9, [{ units: 2 }, { units: 2 }, { units: 0 }])).toBe('ready');
});
