import { assert } from '#base/assert.ts';
import type { Algebra, Matrix } from './algebra.ts';
import { emptyLike } from './matrix-rows.ts';

/** What a softmax regression learns from: embeddings by row and the class of every row. */
export interface Examples {
  readonly features: Matrix;
  readonly labels: Int32Array;
  readonly classCount: number;
}

/**
 * One of several regressions over the same examples. Its parameters are one vector: classes × columns coefficients,
 * then one intercept a class.
 */
export interface Regression {
  /** How much every row counts, 0 = not at all; sums to 1. */
  readonly weights: Float64Array;
  /** Strength of the penalty l2/2 · |coefficients|², beside the weighted mean of the log loss. */
  readonly l2: number;
  /** 1 for the classes that can be predicted: those with an example of weight. Others keep zeros. */
  readonly active: Uint8Array;
  /** Focusing of the log loss, which counts (1 − p)^gamma times (Lin et al. 2017); 0 is the log loss itself. */
  readonly gamma: number;
}

/** A regression and the parameters to try. */
export interface Trial {
  readonly regression: Regression;
  readonly point: Float64Array;
}

export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Logits of several regressions side by side: row after row, `classCount` columns a regression. */
export async function logitsOf(
  algebra: Algebra,
  examples: Examples,
  points: readonly Float64Array[],
): Promise<Matrix> {
  const { features, classCount } = examples;
  const width = classCount * features.cols;
  const stacked = emptyLike(features.data, points.length * width);
  for (const [i, point] of points.entries()) stacked.set(point.subarray(0, width), i * width);
  const coefficients = { data: stacked, rows: points.length * classCount, cols: features.cols };
  const logits = await algebra.multiply(features, coefficients, { transposeB: true });
  addIntercepts(
    logits,
    points.map((point) => point.subarray(width)),
  );
  return logits;
}

function addIntercepts({ data, rows, cols }: Matrix, intercepts: readonly Float64Array[]): void {
  const flat = new Float64Array(cols);
  for (const [i, own] of intercepts.entries()) flat.set(own, i * own.length);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++, at++) data[at] = (data[at] as number) + (flat[col] as number);
  }
}

/** Loss and gradient of every trial, in two passes over the features for all of them. */
export async function evaluate(
  algebra: Algebra,
  examples: Examples,
  trials: readonly Trial[],
): Promise<readonly Evaluation[]> {
  const { features, classCount } = examples;
  const points = trials.map(({ point }) => point);
  const logits = await logitsOf(algebra, examples, points);
  const residuals: Matrix = { ...logits, data: emptyLike(features.data, logits.data.length) };
  const parts = trials.map(({ regression }, i) =>
    residualsOf(regression, examples, { logits, residuals, i }),
  );
  const slopes = await algebra.multiply(residuals, features, { transposeA: true });
  assert(slopes.rows === trials.length * classCount, 'one row of the gradient for each class of each trial');
  return trials.map(({ regression, point }, i) => {
    const width = classCount * features.cols;
    const gradient = new Float64Array(width + classCount);
    gradient.set(slopes.data.subarray(i * width, (i + 1) * width));
    gradient.set((parts[i] as LossPart).intercepts, width);
    let squares = 0;
    for (let j = 0; j < width; j++) {
      const coefficient = point[j] as number;
      squares += coefficient * coefficient;
      gradient[j] = (gradient[j] as number) + regression.l2 * coefficient;
    }
    return { value: (parts[i] as LossPart).loss + 0.5 * regression.l2 * squares, gradient };
  });
}

interface LossPart {
  readonly loss: number;
  readonly intercepts: Float64Array;
}

/** Writes the gradient with respect to the logits of one regression into its columns; returns its loss and their sums. */
function residualsOf(
  { weights, active, gamma }: Regression,
  { labels, classCount }: Examples,
  { logits, residuals, i }: { logits: Matrix; residuals: Matrix; i: number },
): LossPart {
  const source = logits.data;
  const target = residuals.data;
  const intercepts = new Float64Array(classCount);
  const powers = new Float64Array(classCount);
  let loss = 0;
  for (let row = 0; row < logits.rows; row++) {
    const weight = weights[row] as number;
    if (weight === 0) continue;
    const start = row * logits.cols + i * classCount;
    const label = labels[row] as number;
    let top = -Infinity;
    for (let k = 0; k < classCount; k++) {
      if (active[k] === 1 && (source[start + k] as number) > top) top = source[start + k] as number;
    }
    let sum = 0;
    for (let k = 0; k < classCount; k++) {
      const power = active[k] === 1 ? Math.exp((source[start + k] as number) - top) : 0;
      powers[k] = power;
      sum += power;
    }
    const focus = focusOf(top + Math.log(sum) - (source[start + label] as number), gamma);
    loss += weight * focus.loss;
    for (let k = 0; k < classCount; k++) {
      const residual = weight * focus.slope * ((powers[k] as number) / sum - (k === label ? 1 : 0));
      target[start + k] = residual;
      intercepts[k] = (intercepts[k] as number) + residual;
    }
  }
  return { loss, intercepts };
}

/** What a log loss counts, and by what factor its gradient with respect to the logits grows. */
function focusOf(logLoss: number, gamma: number): { readonly loss: number; readonly slope: number } {
  if (gamma === 0) return { loss: logLoss, slope: 1 };
  const p = Math.exp(-logLoss);
  const rest = Math.max(1 - p, 1e-12);
  const share = rest ** gamma;
  return { loss: share * logLoss, slope: share + (gamma * p * share * logLoss) / rest };
}
