/** Samplings that ask for nothing but the labels. */
export type ClassSampling = 'natural' | 'balanced' | 'over' | 'under';

/**
 * How often each unit is to be in an epoch, so that its classes are as large as the sampling wants them.
 * @param labels class of each unit; −1 = unknown: such a unit is in every epoch once
 */
export function epochWeights(sampling: ClassSampling, labels: Int32Array): Float64Array {
  const counts = countClasses(labels);
  const aim = classSize(sampling, [...counts.values()]);
  return Float64Array.from(labels, (label) => {
    const count = counts.get(label);
    return count === undefined || aim === null ? 1 : aim / count;
  });
}

/** Units that a class has in an epoch; null leaves each its own. */
function classSize(sampling: ClassSampling, counts: readonly number[]): number | null {
  switch (sampling) {
    case 'natural':
      return null;
    case 'balanced':
      return counts.reduce((sum, count) => sum + count, 0) / counts.length;
    case 'over':
      return Math.max(...counts);
    case 'under':
      return Math.min(...counts);
  }
}

/** Units of each class that has some, but for the unknown ones. */
export function countClasses(labels: Int32Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const label of labels) if (label >= 0) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/**
 * How often each unit is to be in an epoch after one in which it had these losses: half as ever, half in proportion to
 * its loss, so that nothing is forgotten. Wrong labels have large losses, too.
 * @param losses NaN where unknown, for a weight of 1
 */
export function hardWeights(losses: ArrayLike<number>): Float64Array {
  const known = Float64Array.from(losses).filter((loss) => !Number.isNaN(loss));
  const mean = known.reduce((sum, loss) => sum + loss, 0) / known.length;
  return Float64Array.from(losses, (loss) => (Number.isNaN(loss) || mean === 0 ? 1 : (1 + loss / mean) / 2));
}
