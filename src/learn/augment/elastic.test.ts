import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { drawShifts, ElasticField } from './elastic.ts';

const size = 48;

function fieldOf(most: number, seed: number): { x: Float64Array; y: Float64Array } {
  const shifts = drawShifts(most, seededRandom(seed));
  const field = new ElasticField(size);
  const all = { x: new Float64Array(size * size), y: new Float64Array(size * size) };
  for (let row = 0; row < size; row++) {
    field.enterRow(shifts, row);
    all.x.set(field.x, row * size);
    all.y.set(field.y, row * size);
  }
  return all;
}

test('no pixel moves further than was allowed, and some move', () => {
  for (let seed = 0; seed < 20; seed++) {
    const { x, y } = fieldOf(0.05, seed);
    const lengths = x.map((shift, i) => Math.hypot(shift, y[i]!));
    expect(Math.max(...lengths)).toBeLessThanOrEqual(0.05 * size);
    expect(Math.max(...lengths)).toBeGreaterThan(0.01 * size);
  }
});

test('neighbours move alike, and never past each other', () => {
  for (let seed = 0; seed < 20; seed++) {
    const { x, y } = fieldOf(0.1, seed);
    for (let at = size; at < x.length; at++) {
      if (at % size === 0) continue;
      const across = 1 + x[at]! - x[at - 1]!;
      const down = 1 + y[at]! - y[at - size]!;
      const area = across * down - (y[at]! - y[at - 1]!) * (x[at]! - x[at - size]!);
      expect(area).toBeGreaterThan(0);
    }
  }
});

test('points that move alike move everything so', () => {
  const shifts = { x: new Float64Array(49).fill(0.02), y: new Float64Array(49).fill(-0.01) };
  const field = new ElasticField(size);
  field.enterRow(shifts, 31);
  field.x.forEach((shift) => expect(shift).toBeCloseTo(0.02 * size, 9));
  field.y.forEach((shift) => expect(shift).toBeCloseTo(-0.01 * size, 9));
});
