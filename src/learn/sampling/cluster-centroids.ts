import { shuffle, type Random } from '#base/random.ts';
import type { Algebra, Matrix } from '../algebra.ts';
import { kMeans } from '../k-means.ts';
import { nearestRow } from '../nearest-by-distance.ts';
import { takeRows } from '../matrix-rows.ts';
import { countClasses } from './epoch-weights.ts';

const rounds = 10;

/**
 * Weights of 1 for the units that stand for their class, 0 for others: of a class larger than the smallest, those
 * nearest to as many cluster centres as the smallest has units (ClusterCentroids of imbalanced-learn, hard voting).
 * Two centres may share a unit, so a class may be left smaller.
 * @param labels class of each row of `features`; −1 = unknown: such a unit weighs 1
 */
export async function centroidWeights(
  algebra: Algebra,
  { features, labels }: { readonly features: Matrix; readonly labels: Int32Array },
  random: Random,
): Promise<Float64Array> {
  const counts = countClasses(labels);
  const smallest = Math.min(...counts.values());
  const weights = new Float64Array(labels.length).fill(1);
  for (const [label, count] of [...counts].sort(([a], [b]) => a - b)) {
    if (count === smallest) continue;
    const units = Int32Array.from(labels.keys()).filter((unit) => labels[unit] === label);
    const points = takeRows(features, units);
    const some = shuffle(Int32Array.from(units.keys()), random).subarray(0, smallest);
    const kept = await rowsAtCentres(algebra, points, takeRows(points, some));
    for (const [row, unit] of units.entries()) weights[unit] = kept.has(row) ? 1 : 0;
  }
  return weights;
}

/** The rows nearest to the centres that k-means finds from these on. */
export async function rowsAtCentres(
  algebra: Algebra,
  points: Matrix,
  centres: Matrix,
): Promise<ReadonlySet<number>> {
  return new Set(await nearestRow(algebra, await kMeans(algebra, points, { centres, rounds }), points));
}
