import { assert } from '#base/assert.ts';
import type { Algebra } from './algebra.ts';
import { columnSquares } from './columns.ts';
import { Lbfgs } from './lbfgs.ts';
import { evaluate, type Examples, type Regression } from './softmax-objective.ts';

/** A linear classifier: logits = features · coefficientsᵀ + intercepts. */
export interface LinearHead {
  /** classes × columns. */
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
}

/** How rows count in a regression. */
export interface Weighting {
  /** By row, 0 leaves a row out; all 1 when absent. */
  readonly samples?: ArrayLike<number>;
  /** By class; all 1 when absent. */
  readonly classes?: ArrayLike<number>;
  /** Focusing of the log loss; 0 when absent. */
  readonly gamma?: number;
}

/** Sets up a multinomial logistic regression with an L2 penalty on the coefficients, not on the intercepts. */
export function regressionOf(examples: Examples, l2: number, weighting: Weighting = {}): Regression {
  const { labels, classCount } = examples;
  const weights = new Float64Array(labels.length);
  const active = new Uint8Array(classCount);
  let total = 0;
  for (const [row, label] of labels.entries()) {
    const weight = (weighting.samples?.[row] ?? 1) * (weighting.classes?.[label] ?? 1);
    weights[row] = weight;
    total += weight;
    if (weight > 0) active[label] = 1;
  }
  assert(total > 0, 'some row has a weight');
  return { weights: weights.map((weight) => weight / total), l2, active, gamma: weighting.gamma ?? 0 };
}

/** Share of each class among the weighted rows. */
export function priorOf(
  { weights }: Pick<Regression, 'weights'>,
  { labels, classCount }: Pick<Examples, 'labels' | 'classCount'>,
): Float64Array {
  const prior = new Float64Array(classCount);
  for (const [row, label] of labels.entries()) {
    prior[label] = (prior[label] as number) + (weights[row] as number);
  }
  return prior;
}

/** Parameters to start from: no coefficients, and intercepts that predict the prior. */
function startOf(examples: Examples, regression: Regression): Float64Array {
  const { classCount, features } = examples;
  const point = new Float64Array(classCount * (features.cols + 1));
  const prior = priorOf(regression, examples);
  point.set(
    prior.map((share) => (share > 0 ? Math.log(share) : 0)),
    classCount * features.cols,
  );
  return point;
}

/** Diagonal of the Hessian where everything predicts the prior: π(1 − π) · mean square of the column + l2. */
function curvatureOf(examples: Examples, regression: Regression, squares: Float64Array): Float64Array {
  const cols = squares.length;
  const diagonal = new Float64Array(examples.classCount * (cols + 1));
  for (const [k, share] of priorOf(regression, examples).entries()) {
    const spread = Math.max(share * (1 - share), 1e-6);
    for (let col = 0; col < cols; col++) {
      diagonal[k * cols + col] = spread * (squares[col] as number) + regression.l2;
    }
    diagonal[examples.classCount * cols + k] = spread;
  }
  return diagonal;
}

export interface FitOptions {
  /** Done when a step promises less than this share of the loss: 1e-4 to compare penalties, 1e-7 to keep a head. */
  readonly tolerance: number;
  readonly starts?: readonly Float64Array[];
  readonly maxEvaluations?: number;
}

/** Fits several regressions over the same examples together; every step costs two passes over the features. */
export async function fitRegressions(
  algebra: Algebra,
  examples: Examples,
  { regressions, ...options }: FitOptions & { readonly regressions: readonly Regression[] },
): Promise<readonly Float64Array[]> {
  const squares = columnSquares(examples.features);
  const searches = regressions.map((regression, i) => {
    const diagonal = curvatureOf(examples, regression, squares);
    const lbfgs = new Lbfgs({
      start: options.starts?.[i] ?? startOf(examples, regression),
      preconditioner: (gradient) => gradient.map((value, j) => value / (diagonal[j] as number)),
      tolerance: options.tolerance,
      ...(options.maxEvaluations === undefined ? {} : { maxEvaluations: options.maxEvaluations }),
    });
    return { regression, lbfgs };
  });
  for (;;) {
    const open = searches.filter(({ lbfgs }) => !lbfgs.isDone);
    if (open.length === 0) return searches.map(({ lbfgs }) => lbfgs.point);
    const trials = open.map(({ regression, lbfgs }) => ({ regression, point: lbfgs.point }));
    const found = await evaluate(algebra, examples, trials);
    for (const [i, { lbfgs }] of open.entries()) {
      const evaluation = found[i];
      if (evaluation !== undefined) lbfgs.tell(evaluation.value, evaluation.gradient);
    }
  }
}

/** Splits a vector of parameters; intercepts are shifted to sum to zero over the active classes. */
export function headOf(
  examples: Examples,
  { active }: Pick<Regression, 'active'>,
  point: Float64Array,
): LinearHead {
  const width = examples.classCount * examples.features.cols;
  const intercepts = point.slice(width);
  const count = active.reduce((sum, is) => sum + is, 0);
  const mean = intercepts.reduce((sum, value, k) => sum + (active[k] === 1 ? value : 0), 0) / count;
  return {
    coefficients: point.slice(0, width),
    intercepts: intercepts.map((value, k) => (active[k] === 1 ? value - mean : -Infinity)),
  };
}
