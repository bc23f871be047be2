import { expect, it } from 'vitest';
import { around, placeOf, stepTo } from './step.ts';

const ids = ['a', 'b', 'c', 'd'];

it('goes on and back, and stops at the ends', () => {
  expect(stepTo({ ids, open: 'b', lastAt: 0 }, 1)).toBe('c');
  expect(stepTo({ ids, open: 'b', lastAt: 0 }, -1)).toBe('a');
  expect(stepTo({ ids, open: 'd', lastAt: 3 }, 1)).toBeNull();
  expect(stepTo({ ids, open: 'a', lastAt: 0 }, -1)).toBeNull();
});

it('skips none when the open image dropped out of a filtered list', () => {
  const left = { ids: ['a', 'c', 'd'], open: 'b', lastAt: 1 };
  expect(placeOf(left)).toBe(1);
  expect(stepTo(left, 1)).toBe('c');
  expect(stepTo(left, -1)).toBe('a');
});

it('prefers what comes next when getting ready', () => {
  expect(around({ ids, open: 'b', lastAt: 1 }, 2)).toEqual(['c', 'a', 'd']);
});
