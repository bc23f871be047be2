import type { Algebra, Matrix, Nearest, NearestOptions } from './algebra.ts';
import { unitRows } from './feature-scale.ts';

/** How many neighbours vote where there are as many. */
export const neighbourCount = 30;

/** The nearest rows by cosine; rows of one's own group (and so oneself) are not asked. */
export function nearestByCosine(
  algebra: Algebra,
  features: Matrix,
  options: NearestOptions,
): Promise<Nearest> {
  return algebra.nearest(unitRows(features), options);
}

// Six of thirty votes are spread over all classes, so that no class is ruled out by a small neighbourhood.
const evenShare = 0.2;

/**
 * Probabilities of the classes by a vote of the neighbours, each weighted by max(0, cosine)⁴, mixed with even odds.
 * A row without neighbours votes evenly.
 */
export function voteOf(nearest: Nearest, labels: Int32Array, classCount: number): Matrix<Float64Array> {
  const { k, index, similarity } = nearest;
  const rows = index.length / k;
  const data = new Float64Array(rows * classCount);
  for (let row = 0; row < rows; row++) {
    const votes = data.subarray(row * classCount, (row + 1) * classCount);
    let total = 0;
    for (let at = row * k; at < (row + 1) * k; at++) {
      const neighbour = index[at] as number;
      if (neighbour === -1) break;
      const weight = Math.max(0, similarity[at] as number) ** 4;
      const label = labels[neighbour] as number;
      votes[label] = (votes[label] as number) + weight;
      total += weight;
    }
    const even = evenShare / classCount;
    for (let c = 0; c < classCount; c++) {
      votes[c] = total === 0 ? 1 / classCount : ((votes[c] as number) / total + even) / (1 + evenShare);
    }
  }
  return { data, rows, cols: classCount };
}

/** How many neighbours of every row carry the class named for it. */
export function neighboursOf(nearest: Nearest, labels: Int32Array, classes: Int32Array): Int32Array {
  const { k, index } = nearest;
  return classes.map((wanted, row) => {
    let count = 0;
    for (let at = row * k; at < (row + 1) * k; at++) {
      const neighbour = index[at] as number;
      if (neighbour !== -1 && labels[neighbour] === wanted) count++;
    }
    return count;
  });
}
