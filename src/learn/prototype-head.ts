import { must } from '#base/assert.ts';
import type { Algebra, Matrix } from './algebra.ts';
import { takeRows } from './matrix-rows.ts';
import { logLossOf } from './metrics.ts';
import { judgedRows, masksOf, ownLogits, withUnheard, type Folds, type Validation } from './out-of-fold.ts';
import { logitsOf, type Examples } from './softmax-objective.ts';
import { fitCautiousTemperature, softmaxRows } from './temperature.ts';

/** By how many units of the overall mean each class mean may be shrunk: the fewer the units, the more helps. */
export const shrinkages: readonly number[] = [0, 1, 2, 5, 10, 20];

/** The mean of each class. */
export interface Prototypes {
  /** classes × columns. */
  readonly means: Matrix<Float64Array>;
  /** 1 for classes with an example. Others have zeros. */
  readonly active: Uint8Array;
}

/** Sums that the means of classes are made of. */
interface ClassSums {
  readonly sums: Matrix<Float64Array>;
  readonly counts: Float64Array;
}

/**
 * Class means of the rows of a mask, drawn toward the mean of all of them as if each class had `shrinkage` more examples
 * there: (n · mean of class + m · mean of all) / (n + m) (Snell et al. 2017, with shrinkage).
 */
export function prototypesOf(examples: Examples, mask: Uint8Array, shrinkage: number): Prototypes {
  return shrunk(classSums(examples, mask), shrinkage);
}

function classSums({ features, labels, classCount }: Examples, mask: Uint8Array): ClassSums {
  const { data, cols } = features;
  const sums = new Float64Array(classCount * cols);
  const counts = new Float64Array(classCount);
  for (const [row, label] of labels.entries()) {
    if (mask[row] === 0) continue;
    counts[label] = (counts[label] as number) + 1;
    for (let col = 0; col < cols; col++) {
      sums[label * cols + col] = (sums[label * cols + col] as number) + (data[row * cols + col] as number);
    }
  }
  return { sums: { data: sums, rows: classCount, cols }, counts };
}

function shrunk({ sums, counts }: ClassSums, shrinkage: number): Prototypes {
  const { data, cols } = sums;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const overall = new Float64Array(cols);
  for (const [at, sum] of data.entries()) overall[at % cols] = (overall[at % cols] as number) + sum / total;
  const means = data.map((sum, at) => {
    const count = counts[Math.floor(at / cols)] as number;
    return count === 0 ? 0 : (sum + shrinkage * (overall[at % cols] as number)) / (count + shrinkage);
  });
  return { means: { ...sums, data: means }, active: Uint8Array.from(counts, (count) => Number(count > 0)) };
}

/**
 * softmax(−|z − mean|² / T) as a linear head: −|z − mean|² is 2 z · mean − |mean|², and −|z|² that all classes share.
 * @returns classes × columns coefficients, then one intercept a class
 */
export function prototypePoint({ means }: Prototypes, temperature: number): Float64Array {
  const { data, rows, cols } = means;
  const point = new Float64Array(rows * (cols + 1));
  for (const [at, mean] of data.entries()) {
    const k = rows * cols + Math.floor(at / cols);
    point[at] = (2 * mean) / temperature;
    point[k] = (point[k] as number) - mean ** 2 / temperature;
  }
  return point;
}

export interface PrototypeValidation extends Validation {
  readonly shrinkage: number;
}

/**
 * Predicts every row by the class means of the other folds, with the shrinkage and the temperature that make these
 * predictions most likely.
 */
export async function validatePrototypes(
  algebra: Algebra,
  examples: Examples,
  folds: Folds,
): Promise<PrototypeValidation> {
  const sums = masksOf(folds).map((mask) => classSums(examples, mask));
  const isJudged = judgedRows(examples, folds);
  let best: PrototypeValidation | undefined;
  for (const shrinkage of shrinkages) {
    const prototypes = sums.map((one) => shrunk(one, shrinkage));
    const points = prototypes.map((one) => prototypePoint(one, 1));
    const all = await logitsOf(algebra, examples, points);
    const active = prototypes.map((one) => one.active);
    const own = ownLogits(all, active, { fold: folds.fold, classCount: examples.classCount });
    const found = { ...calibrated(own, examples.labels, isJudged), isJudged, shrinkage };
    if (best === undefined || found.logLoss < best.logLoss) best = found;
  }
  return must(best, 'a shrinkage was tried');
}

/** The temperature comes first here: distances are of any size, and a class unheard of is to be rare beside the others. */
function calibrated(
  logits: Matrix<Float64Array>,
  labels: Int32Array,
  isJudged: Uint8Array,
): Omit<Validation, 'isJudged'> {
  const unit = spreadOf(logits);
  const scaled = { ...logits, data: logits.data.map((logit) => logit / unit) };
  const rows = Int32Array.from(labels.keys()).filter((row) => isJudged[row] === 1);
  const judged = takeRows(scaled, rows);
  const temperature =
    unit *
    fitCautiousTemperature(
      judged,
      rows.map((row) => labels[row] as number),
    );
  const cooled = { ...logits, data: logits.data.map((logit) => logit / temperature) };
  const probabilities = softmaxRows(withUnheard(cooled, labels));
  return { temperature, probabilities, logLoss: logLossOf(probabilities, labels) };
}

/** Mean over the rows of the standard deviation of their logits; 1 where all are equal. */
function spreadOf({ data, rows, cols }: Matrix<Float64Array>): number {
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const own = data.subarray(row * cols, (row + 1) * cols).filter((logit) => logit !== -Infinity);
    const mean = own.reduce((sum, logit) => sum + logit, 0) / own.length;
    total += Math.sqrt(own.reduce((sum, logit) => sum + (logit - mean) ** 2, 0) / own.length);
  }
  return total > 0 ? total / rows : 1;
}
