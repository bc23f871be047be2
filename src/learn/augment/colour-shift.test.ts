import { expect, test } from 'vitest';
import { colourAxes } from './colour-axes.ts';
import { shiftColours } from './colour-shift.ts';
import type { Variation } from './variation.ts';

const still: Variation = {
  ...{ isMirrored: false, isFlipped: false, turn: 0, slant: 0, shifts: null },
  window: { side: 1, left: 0, top: 0 },
  ...{ brightness: 1, contrast: 1, saturation: 1, colour: [0, 0, 0] },
};
const axes = Float64Array.of(30, 30, 30, 10, 0, -10, 0, 0, 0);

function shifted(pixels: readonly number[], variation: Partial<Variation>): number[] {
  const bytes = Uint8Array.from(pixels);
  shiftColours(bytes, { ...still, ...variation }, axes);
  return [...bytes];
}

test('no change gives the same bytes', () => {
  const all = Array.from({ length: 768 }, (_, i) => i % 256);
  expect(shifted(all, {})).toEqual(all);
});

test('brightness is a factor, cut off at white', () => {
  expect(shifted([10, 100, 250], { brightness: 1.2 })).toEqual([12, 120, 255]);
  expect(shifted([10, 100, 250], { brightness: 0.5 })).toEqual([5, 50, 125]);
});

test('contrast moves away from the mean brightness of the image', () => {
  expect(shifted([50, 50, 50, 150, 150, 150], { contrast: 1.5 })).toEqual([25, 25, 25, 175, 175, 175]);
  expect(shifted([50, 50, 50, 150, 150, 150], { contrast: 0.5 })).toEqual([75, 75, 75, 125, 125, 125]);
});

test('without saturation everything is grey, as bright as it was; grey has none to lose', () => {
  const [red, green, blue] = shifted([200, 100, 50], { saturation: 0 });
  expect(red).toBe(green);
  expect(green).toBe(blue);
  expect(Math.abs(red! - (0.299 * 200 + 0.587 * 100 + 0.114 * 50))).toBeLessThan(1.5);
  expect(shifted([80, 80, 80], { saturation: 1.7 })).toEqual([80, 80, 80]);
});

test('colours move along the axes', () => {
  expect(shifted([100, 100, 100], { colour: [0.5, 1, 0] })).toEqual([125, 115, 105]);
});

test('an array inside a larger one is changed alone', () => {
  const all = Uint8Array.of(1, 1, 1, 100, 100, 100, 1, 1, 1);
  shiftColours(all.subarray(3, 6), { ...still, brightness: 2 }, axes);
  expect([...all]).toEqual([1, 1, 1, 200, 200, 200, 1, 1, 1]);
});

test('the axes of colours are where they vary, as long as they vary', () => {
  // Along grey by 40, along red against blue by 10.
  const pixels = [-40, 40].flatMap((grey) =>
    [-10, 10].flatMap((tint) => [100 + grey + tint, 100 + grey, 100 + grey - tint]),
  );
  const found = colourAxes(Uint8Array.from(pixels));
  const expected = [40, 40, 40, 10, 0, -10, 0, 0, 0];
  found.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
});
