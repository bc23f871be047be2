import { must } from '#base/assert.ts';
import type { Algebra, Matrix } from './algebra.ts';
import { headFits, meanOf, plainRecipe, type HeadRecipe } from './head-recipe.ts';
import { logLossOf } from './metrics.ts';
import { judgedRows, masksOf, ownLogits, withUnheard, type Folds, type Validation } from './out-of-fold.ts';
import { logitsOf, type Examples } from './softmax-objective.ts';
import { fitCautiousTemperature, softmaxRows } from './temperature.ts';

/** Penalties to try, strongest first: half a decade apart, wide enough for 30 to 100,000 units. */
export const penalties: readonly number[] = [3, 1, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 3e-4, 1e-4];

// A head that promises to gain less than this share of its loss by another step is compared as it is.
const compareTolerance = 1e-4;

// The loss rises for good once it is this share above the best; less may be chance on a plateau (docs/adr/0007).
const clearRise = 5e-3;

export interface CrossValidation extends Validation {
  readonly l2: number;
  /** A start for a head that is fitted to all examples. */
  readonly start: Float64Array;
}

export interface CrossValidationOptions extends Folds {
  /** What the heads are fitted to and how; plain cross-entropy when absent. */
  readonly recipe?: HeadRecipe;
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
  { fold, folds, recipe = plainRecipe, onProgress }: CrossValidationOptions,
): Promise<CrossValidation> {
  const heads = await headFits(algebra, examples, { recipe, masks: masksOf({ fold, folds }) });
  let starts: readonly Float64Array[] | null = null;
  let best: Candidate | undefined;
  for (const [step, l2] of penalties.entries()) {
    const fitted = await heads.fit(algebra, { l2, tolerance: compareTolerance, starts });
    starts = fitted.starts;
    const all = await logitsOf(algebra, examples, fitted.points);
    const own = ownLogits(all, heads.active, { fold, classCount: examples.classCount });
    const candidate = calibrated(withUnheard(own, examples.labels), examples, { l2, points: fitted.points });
    onProgress?.(step + 1, penalties.length);
    if (best !== undefined && candidate.logLoss > best.logLoss * (1 + clearRise)) break;
    if (best === undefined || candidate.logLoss <= best.logLoss) best = candidate;
  }
  const { points, ...found } = must(best, 'a penalty was tried');
  return { ...found, isJudged: judgedRows(examples, { fold, folds }), start: meanOf(points) };
}

interface Candidate extends Omit<Validation, 'isJudged'> {
  readonly l2: number;
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
