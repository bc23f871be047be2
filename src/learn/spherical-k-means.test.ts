import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { plainAlgebra } from './plain-algebra.ts';
import { sphericalKMeans } from './spherical-k-means.ts';

/** Points along two directions of the plane, on both sides of the origin, a little scattered. */
function twoLines(count: number): { data: Float32Array; rows: number; cols: number } {
  const random = seededRandom(3);
  const data = new Float32Array(count * 2);
  for (let i = 0; i < count; i++) {
    const angle = (i % 2 === 0 ? 0.3 : 1.9) + 0.02 * random.normal();
    const length = (1 + random.next()) * (random.int(2) === 0 ? 1 : -1);
    data[2 * i] = length * Math.cos(angle);
    data[2 * i + 1] = length * Math.sin(angle);
  }
  return { data, rows: count, cols: 2 };
}

test('finds the directions of points, whichever side of the origin they lie on', async () => {
  const options = { clusters: 2, rounds: 8, random: seededRandom(1) };
  const { data } = await sphericalKMeans(plainAlgebra(), twoLines(400), options);
  const angles = [0, 1].map((k) => (Math.atan2(data[2 * k + 1]!, data[2 * k]!) + Math.PI) % Math.PI);
  angles.sort((a, b) => a - b);
  expect(angles[0]).toBeCloseTo(0.3, 1);
  expect(angles[1]).toBeCloseTo(1.9, 1);
});

test('centres have length 1 and repeat under the same seed', async () => {
  const cluster = (seed: number) =>
    sphericalKMeans(plainAlgebra(), twoLines(60), { clusters: 5, rounds: 3, random: seededRandom(seed) });
  const { data, rows, cols } = await cluster(4);
  for (let k = 0; k < rows; k++) {
    expect(Math.hypot(...data.subarray(k * cols, (k + 1) * cols))).toBeCloseTo(1, 5);
  }
  expect((await cluster(4)).data).toEqual(data);
  expect((await cluster(5)).data).not.toEqual(data);
});
