import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { noisyImages } from '#test/support/patches.ts';
import { samplePatches } from './patch-sample.ts';

const options = { count: 50, side: 3, shrink: 1, contrastFloor: 0 };

test('patches have mean 0 and, without a floor, variance 1', () => {
  const { data, cols } = samplePatches(noisyImages(2, 8), { ...options, random: seededRandom(1) });
  for (let start = 0; start < data.length; start += cols) {
    const patch = Array.from(data.subarray(start, start + cols));
    expect(patch.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 4);
    expect(patch.reduce((sum, value) => sum + value * value, 0) / cols).toBeCloseTo(1, 4);
  }
});

test('a flat image gives patches of zeros, not of NaN', () => {
  const images = { pixels: new Uint8Array(8 * 8 * 3).fill(77), count: 1, size: 8 };
  const { data } = samplePatches(images, { ...options, contrastFloor: 14, random: seededRandom(1) });
  expect(data.every((value) => value === 0)).toBe(true);
});

test('shrinking averages blocks, channel by channel', () => {
  const pixels = Uint8Array.from(
    { length: 4 * 4 * 3 },
    (_, at) => (at % 3) * 50 + (Math.floor(at / 3) % 2) * 10,
  );
  const { data } = samplePatches(
    { pixels, count: 1, size: 4 },
    {
      ...{ count: 1, side: 2, shrink: 2, contrastFloor: 0 },
      random: seededRandom(1),
    },
  );
  const high = Math.sqrt(1.5);
  for (const [i, value] of data.entries()) expect(value).toBeCloseTo([-high, 0, high][Math.floor(i / 4)]!, 5);
});
