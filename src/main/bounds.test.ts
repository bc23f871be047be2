import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reachableBounds } from './bounds.ts';

const left = { x: 0, y: 0, width: 1920, height: 1040 };
const right = { x: 1920, y: 0, width: 2560, height: 1400 };

test('the first start is in the middle of the primary screen', () => {
  expect(reachableBounds(null, [left, right])).toEqual({ x: 240, y: 70, width: 1440, height: 900 });
});

test('a window stays where it was, also on the second screen or hanging over an edge', () => {
  for (const bounds of [
    { x: 100, y: 50, width: 1200, height: 800 },
    { x: 2000, y: 100, width: 2000, height: 1200 },
    { x: -400, y: 100, width: 1000, height: 800 },
  ]) {
    expect(reachableBounds(bounds, [left, right])).toEqual(bounds);
  }
});

test('a window on a screen that is gone comes back to the primary one', () => {
  const bounds = { x: 2000, y: 100, width: 2000, height: 1200 };
  expect(reachableBounds(bounds, [left])).toEqual({ x: 0, y: 0, width: 1920, height: 1040 });
});

test('a window never ends up where nobody can grab it', () => {
  const number = (min: number, max: number) => fc.integer({ min, max });
  const rectangle = fc.record({
    x: number(-5000, 5000),
    y: number(-5000, 5000),
    width: number(800, 4000),
    height: number(500, 3000),
  });
  fc.assert(
    fc.property(rectangle, (saved) => {
      const { x, y, width } = reachableBounds(saved, [left, right]);
      const isOnScreen = [left, right].some(
        (area) =>
          Math.min(x + width, area.x + area.width) - Math.max(x, area.x) >= 160 &&
          y >= area.y &&
          y <= area.y + area.height - 48,
      );
      expect(isOnScreen).toBe(true);
    }),
  );
});
