import type { Algebra, Matrix } from './algebra.ts';
import { nearestRow } from './nearest-by-distance.ts';

export interface KMeansOptions {
  /** clusters × columns, to begin with. */
  readonly centres: Matrix;
  /** Most rounds of moving the centres. */
  readonly rounds: number;
}

/**
 * Moves every centre to the mean of the points that are nearest to it, until no point changes its centre (Lloyd 1982).
 * A centre without points stays where it is.
 * @returns clusters × columns
 */
export async function kMeans(
  algebra: Algebra,
  points: Matrix,
  { centres, rounds }: KMeansOptions,
): Promise<Matrix<Float64Array>> {
  let current: Matrix<Float64Array> = { ...centres, data: Float64Array.from(centres.data) };
  let before = new Int32Array(0);
  for (let round = 0; round < rounds; round++) {
    const nearest = await nearestRow(algebra, points, current);
    if (nearest.every((centre, point) => centre === before[point])) break;
    current = meansOf(points, nearest, current);
    before = nearest;
  }
  return current;
}

function meansOf(
  { data, cols }: Matrix,
  nearest: Int32Array,
  before: Matrix<Float64Array>,
): Matrix<Float64Array> {
  const sums = new Float64Array(before.data.length);
  const sizes = new Float64Array(before.rows);
  for (const [point, centre] of nearest.entries()) {
    sizes[centre] = (sizes[centre] as number) + 1;
    for (let col = 0; col < cols; col++) {
      sums[centre * cols + col] =
        (sums[centre * cols + col] as number) + (data[point * cols + col] as number);
    }
  }
  const means = sums.map((sum, at) => {
    const size = sizes[Math.floor(at / cols)] as number;
    return size === 0 ? (before.data[at] as number) : sum / size;
  });
  return { ...before, data: means };
}
