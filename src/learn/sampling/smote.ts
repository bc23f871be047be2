import { shuffle, type Random } from '#base/random.ts';
import type { Algebra, Matrix } from '../algebra.ts';
import { nearestOthers } from '../nearest-by-distance.ts';
import type { Examples } from '../softmax-objective.ts';
import { emptyLike, takeRows } from '../matrix-rows.ts';
import { countClasses } from './epoch-weights.ts';

/** Neighbours that a unit is joined with; no unit begins more synthetic ones than it has neighbours. */
const neighbours = 5;

/** Synthetic units, and the two that each lies between. */
export interface Synthetic {
  readonly features: Matrix;
  readonly labels: Int32Array;
  /** Two rows of the examples for each. */
  readonly parents: Int32Array;
}

interface Segment {
  readonly label: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Fills classes up toward the largest with points between a unit and one of its 5 nearest of the same class (SMOTE;
 * Chawla et al. 2002), at most five for each unit. A class of one unit has nothing to lie between.
 */
export async function smote(algebra: Algebra, examples: Examples, random: Random): Promise<Synthetic> {
  const counts = countClasses(examples.labels);
  const largest = Math.max(...counts.values());
  const segments: Segment[] = [];
  for (const [label, count] of [...counts].sort(([a], [b]) => a - b)) {
    if (count < largest && count > 1)
      segments.push(...(await segmentsOf(algebra, examples, { label, wanted: largest - count, random })));
  }
  return {
    features: pointsOn(examples.features, segments, random),
    labels: Int32Array.from(segments, ({ label }) => label),
    parents: Int32Array.from(segments.flatMap(({ from, to }) => [from, to])),
  };
}

/** Segments to put points on: every unit of the class in turn, with a random one of its neighbours. */
async function segmentsOf(
  algebra: Algebra,
  { features, labels }: Examples,
  { label, wanted, random }: { readonly label: number; readonly wanted: number; readonly random: Random },
): Promise<Segment[]> {
  const units = shuffle(
    Int32Array.from(labels.keys()).filter((unit) => labels[unit] === label),
    random,
  );
  const k = Math.min(neighbours, units.length - 1);
  const nearest = await nearestOthers(algebra, takeRows(features, units), k);
  return Array.from({ length: Math.min(wanted, k * units.length) }, (_, at) => {
    const row = at % units.length;
    const other = nearest[row * k + random.int(k)] as number;
    return { label, from: units[row] as number, to: units[other] as number };
  });
}

function pointsOn({ data, cols }: Matrix, segments: readonly Segment[], random: Random): Matrix {
  const points = emptyLike(data, segments.length * cols);
  for (const [row, { from, to }] of segments.entries()) {
    const share = random.next();
    for (let col = 0; col < cols; col++) {
      const start = data[from * cols + col] as number;
      points[row * cols + col] = start + share * ((data[to * cols + col] as number) - start);
    }
  }
  return { data: points, rows: segments.length, cols };
}
