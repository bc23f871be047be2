import type { Matrix } from './algebra.ts';

/** Counts of the units of each given class (row) by predicted class (column), row after row. */
export interface Confusion {
  readonly counts: Int32Array;
  readonly classCount: number;
}

/** Counts units by given and predicted class. */
export function confusionOf(given: Int32Array, predicted: Int32Array, classCount: number): Confusion {
  const counts = new Int32Array(classCount * classCount);
  for (let i = 0; i < given.length; i++) {
    const cell = (given[i] as number) * classCount + (predicted[i] as number);
    counts[cell] = (counts[cell] as number) + 1;
  }
  return { counts, classCount };
}

/** What precision and recall of a class are made of. */
export interface ClassCounts {
  /** Units given this class. */
  readonly support: number;
  /** Units predicted as this class. */
  readonly predicted: number;
  /** Units of which both are true. */
  readonly both: number;
}

/** Row sum, column sum and diagonal of a confusion matrix for every class. */
export function classCountsOf({ counts, classCount }: Confusion): readonly ClassCounts[] {
  return Array.from({ length: classCount }, (_, target) => {
    let support = 0;
    let predicted = 0;
    for (let other = 0; other < classCount; other++) {
      support += counts[target * classCount + other] as number;
      predicted += counts[other * classCount + target] as number;
    }
    return { support, predicted, both: counts[target * classCount + target] as number };
  });
}

/** Share of units whose predicted class is the given one. */
export function accuracyOf(confusion: Confusion): number {
  const classes = classCountsOf(confusion);
  const total = classes.reduce((sum, { support }) => sum + support, 0);
  return classes.reduce((sum, { both }) => sum + both, 0) / total;
}

/** Mean recall of the classes that have units. */
export function balancedAccuracyOf(confusion: Confusion): number {
  const present = classCountsOf(confusion).filter(({ support }) => support > 0);
  return present.reduce((sum, { both, support }) => sum + both / support, 0) / present.length;
}

/** Column of the largest number in every row; the first of equals. */
export function argmaxRows({ data, rows, cols }: Matrix): Int32Array {
  const best = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    let at = 0;
    for (let col = 1; col < cols; col++) {
      if ((data[row * cols + col] as number) > (data[row * cols + at] as number)) at = col;
    }
    best[row] = at;
  }
  return best;
}

/** −ln p(given) by row; p is kept away from 0 by 1e-15. */
export function logLossesOf({ data, cols }: Matrix, labels: Int32Array): Float64Array {
  return Float64Array.from(
    labels,
    (label, row) => -Math.log(Math.max(data[row * cols + label] as number, 1e-15)),
  );
}

/** Mean of −ln p(given). */
export function logLossOf(probabilities: Matrix, labels: Int32Array): number {
  return logLossesOf(probabilities, labels).reduce((sum, loss) => sum + loss, 0) / labels.length;
}

/**
 * Expected calibration error (Guo et al. 2017): mean distance between confidence and accuracy over bins of equal width
 * (low, high], the first with 0.
 */
export function calibrationErrorOf(probabilities: Matrix, labels: Int32Array, bins = 15): number {
  const { data, cols } = probabilities;
  const predicted = argmaxRows(probabilities);
  const gap = new Float64Array(bins);
  for (let row = 0; row < labels.length; row++) {
    const confidence = data[row * cols + (predicted[row] as number)] as number;
    const bin = Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
    gap[bin] = (gap[bin] as number) + confidence - (predicted[row] === labels[row] ? 1 : 0);
  }
  return gap.reduce((sum, value) => sum + Math.abs(value), 0) / labels.length;
}
