import type { Random } from '#base/random.ts';
import type { Algebra, Matrix } from './algebra.ts';

export interface ClusteringOptions {
  readonly clusters: number;
  readonly rounds: number;
  readonly random: Random;
}

// A centre that fewer points choose is noise; it starts again from a point.
const fewest = 3;

/**
 * Unit vectors such that every point is near a multiple, positive or negative, of one of them (Coates & Ng 2012,
 * "Learning feature representations with k-means"; the dictionary is used with both signs, so a sign is no difference).
 * @returns clusters × columns
 */
export async function sphericalKMeans(
  algebra: Algebra,
  points: Matrix<Float32Array>,
  { clusters, rounds, random }: ClusteringOptions,
): Promise<Matrix<Float32Array>> {
  const somePoint = (): Float32Array => rowOf(points, random.int(points.rows));
  let centres = unitCentres(Array.from({ length: clusters }, somePoint), points.cols);
  for (let round = 0; round < rounds; round++) {
    const products = await algebra.multiply(points, centres, { transposeB: true });
    const { sums, sizes } = sumsByCentre(points, products);
    const next = sums.map((sum, k) => ((sizes[k] as number) < fewest ? somePoint() : sum));
    centres = unitCentres(next, points.cols);
  }
  return centres;
}

function rowOf({ data, cols }: Matrix<Float32Array>, row: number): Float32Array {
  return data.subarray(row * cols, (row + 1) * cols);
}

/** Per centre, the points that choose it, weighted by their product with it, and how many they are. */
function sumsByCentre(
  points: Matrix<Float32Array>,
  products: Matrix,
): { sums: Float64Array[]; sizes: Int32Array } {
  const clusters = products.cols;
  const sums = Array.from({ length: clusters }, () => new Float64Array(points.cols));
  const sizes = new Int32Array(clusters);
  for (let row = 0; row < points.rows; row++) {
    const best = strongest(products, row);
    const weight = products.data[row * clusters + best] as number;
    const sum = sums[best] as Float64Array;
    sizes[best] = (sizes[best] as number) + 1;
    for (let col = 0, at = row * points.cols; col < points.cols; col++, at++) {
      sum[col] = (sum[col] as number) + weight * (points.data[at] as number);
    }
  }
  return { sums, sizes };
}

function strongest({ data, cols }: Matrix, row: number): number {
  let best = 0;
  let strength = -1;
  for (let k = 0; k < cols; k++) {
    const product = Math.abs(data[row * cols + k] as number);
    if (product > strength) {
      strength = product;
      best = k;
    }
  }
  return best;
}

function unitCentres(vectors: readonly ArrayLike<number>[], cols: number): Matrix<Float32Array> {
  const data = new Float32Array(vectors.length * cols);
  for (const [k, vector] of vectors.entries()) {
    let squares = 0;
    for (let col = 0; col < cols; col++) squares += (vector[col] as number) ** 2;
    const length = Math.sqrt(squares) || 1;
    for (let col = 0; col < cols; col++) data[k * cols + col] = (vector[col] as number) / length;
  }
  return { data, rows: vectors.length, cols };
}
