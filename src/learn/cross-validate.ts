import { must } from '#base/assert.ts';
import type { Algebra, Matrix } from './algebra.ts';
import { fitRegressions, regressionOf } from './logistic-head.ts';
import { logLossOf } from './metrics.ts';
import { logitsOf, type Examples, type Regression } from './softmax-objective.ts';
import { fitCautiousTemperature, softmaxRows } from './temperature.ts';

/** Penalties to try, strongest first: half a decade apart, wide enough for 30 to 100,000 units. */
export const penalties: readonly number[] = [3, 1, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 3e-4, 1e-4];

// A head that promises to gain less than this share of its loss by another step is compared as it is.
const compareTolerance = 1e-4;

// The loss rises for good once it is this share above the best; less may be chance on a plateau (docs/adr/0007).
const clearRise = 5e-3;

export interface CrossValidation {
  readonly l2: number;
  readonly temperature: number;
  /** Calibrated out-of-fold probabilities, units × classes. */
  readonly probabilities: Matrix<Float64Array>;
  /** Mean −ln p(given) of `probabilities`. */
  readonly logLoss: number;
  /** 1 where another fold had an example of the unit's class; 0 where no model could have known it. */
  readonly isJudged: Uint8Array;
  /** A start for a head that is fitted to all examples. */
  readonly start: Float64Array;
}

export interface CrossValidationOptions {
  /** The fold of every row. */
  readonly fold: Int32Array;
  readonly folds: number;
  /** Told after every penalty. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Predicts every row by a head that was fitted to the other folds, with the penalty and the temperature that make these
 * predictions most likely. Heads of all folds are fitted together, from the strongest penalty to weaker ones, each
 * starting where the last ended; the search stops when the loss has clearly risen.
 */
export async function crossValidate(
  algebra: Algebra,
  examples: Examples,
  { fold, folds, onProgress }: CrossValidationOptions,
): Promise<CrossValidation> {
  const leftOut = Array.from({ length: folds }, (_, left) =>
    regressionOf(examples, 0, { samples: fold.map((own) => (own === left ? 0 : 1)) }),
  );
  let starts: readonly Float64Array[] | undefined;
  let best: Candidate | undefined;
  for (const [step, l2] of penalties.entries()) {
    const regressions = leftOut.map((regression) => ({ ...regression, l2 }));
    const points = await fitRegressions(algebra, examples, {
      regressions,
      tolerance: compareTolerance,
      ...(starts === undefined ? {} : { starts }),
    });
    starts = points;
    const logits = outOfFold(await logitsOf(algebra, examples, points), regressions, { fold, examples });
    const candidate = calibrated(logits, examples, { l2, points });
    onProgress?.(step + 1, penalties.length);
    if (best !== undefined && candidate.logLoss > best.logLoss * (1 + clearRise)) break;
    if (best === undefined || candidate.logLoss <= best.logLoss) best = candidate;
  }
  const { points, ...found } = must(best, 'a penalty was tried');
  return { ...found, isJudged: judged(examples, { fold, folds }), start: meanOf(points) };
}

interface Candidate {
  readonly l2: number;
  readonly temperature: number;
  readonly probabilities: Matrix<Float64Array>;
  readonly logLoss: number;
  readonly points: readonly Float64Array[];
}

function calibrated(
  logits: Matrix,
  { labels }: Examples,
  { l2, points }: { readonly l2: number; readonly points: readonly Float64Array[] },
): Candidate {
  const temperature = fitCautiousTemperature(logits, labels);
  const probabilities = softmaxRows(logits, temperature);
  return { l2, temperature, probabilities, logLoss: logLossOf(probabilities, labels), points };
}

/**
 * For every row the logits of the head that did not see it. A class that this head had no example of, though others
 * had, gets the chance that a new unit is of a new class by the rule of succession; a class that nobody has gets none.
 */
function outOfFold(
  all: Matrix,
  regressions: readonly Regression[],
  { fold, examples }: { readonly fold: Int32Array; readonly examples: Examples },
): Matrix<Float64Array> {
  const { classCount, labels } = examples;
  const known = new Uint8Array(classCount);
  for (const label of labels) known[label] = 1;
  const data = new Float64Array(labels.length * classCount).fill(-Infinity);
  for (let row = 0; row < labels.length; row++) {
    const own = fold[row] as number;
    const { active } = regressions[own] as Regression;
    const from = row * all.cols + own * classCount;
    const to = row * classCount;
    let top = -Infinity;
    for (let k = 0; k < classCount; k++) {
      if (active[k] === 0) continue;
      const logit = all.data[from + k] as number;
      data[to + k] = logit;
      if (logit > top) top = logit;
    }
    let sum = 0;
    for (let k = 0; k < classCount; k++) sum += Math.exp((data[to + k] as number) - top);
    const unheard = top + Math.log(sum / labels.length);
    for (let k = 0; k < classCount; k++) if (active[k] === 0 && known[k] === 1) data[to + k] = unheard;
  }
  return { data, rows: labels.length, cols: classCount };
}

function judged(
  { labels, classCount }: Examples,
  { fold, folds }: { readonly fold: Int32Array; readonly folds: number },
): Uint8Array {
  const elsewhere = new Int32Array(classCount);
  const inside = new Int32Array(classCount * folds);
  for (const [row, label] of labels.entries()) {
    const cell = label * folds + (fold[row] as number);
    elsewhere[label] = (elsewhere[label] as number) + 1;
    inside[cell] = (inside[cell] as number) + 1;
  }
  return Uint8Array.from(labels, (label, row) =>
    (elsewhere[label] as number) > (inside[label * folds + (fold[row] as number)] as number) ? 1 : 0,
  );
}

function meanOf(points: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(points[0]?.length ?? 0);
  for (const point of points) {
    for (let i = 0; i < mean.length; i++)
      mean[i] = (mean[i] as number) + (point[i] as number) / points.length;
  }
  return mean;
}
