import { expect, it } from 'vitest';
import { moveInGrid } from './move-in-grid.ts';

const grid = { at: 7, count: 24, columns: 6 };

it('moves along and between rows', () => {
  const moved = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map((key) => moveInGrid(key, grid));
  expect(moved).toEqual([6, 8, 1, 13]);
});

it('starts at the first picture and stops at the edges', () => {
  expect(moveInGrid('ArrowDown', { ...grid, at: -1 })).toBe(0);
  expect(moveInGrid('ArrowUp', { ...grid, at: 3 })).toBeNull();
  expect(moveInGrid('ArrowDown', { ...grid, at: 20 })).toBeNull();
  expect(moveInGrid('a', grid)).toBeNull();
});
