import { must } from '#base/assert.ts';
import type { Algebra, Matrix } from './algebra.ts';
import { crossValidate } from './cross-validate.ts';
import { headFits, type HeadRecipe } from './head-recipe.ts';
import { chooseAdjustment, logitShift, shiftRows } from './logit-adjustment.ts';
import { argmaxRows } from './metrics.ts';
import type { Folds, Validation } from './out-of-fold.ts';
import { prototypePoint, prototypesOf, validatePrototypes } from './prototype-head.ts';
import type { Examples } from './softmax-objective.ts';

/** Ways to train a classifier of embeddings, the cheapest first. */
export const headRegimes = ['prototype', 'head'] as const;
export type HeadRegime = (typeof headRegimes)[number];

/** Parameters on scaled features, before the temperature. */
export interface FittedHead {
  /** classes × columns coefficients, then one intercept a class. */
  readonly point: Float64Array;
  readonly active: Uint8Array;
  /** What the calibrated logits are moved by. */
  readonly shift: Float64Array;
}

/** A way of training that was validated, and can be carried out on all labels. */
export interface HeadCandidate {
  readonly regime: HeadRegime;
  readonly validation: Validation;
  /** Strength of the L2 penalty; null where there is none. */
  readonly l2: number | null;
  /** Strength of the logit adjustment in what is predicted; 0 = none. */
  readonly adjustment: number;
  /** Out of fold, after the adjustment: what is predicted for every row. */
  readonly probabilities: Matrix<Float64Array>;
  readonly predicted: Int32Array;
  readonly fit: () => Promise<FittedHead>;
}

export interface CandidateOptions extends Folds {
  readonly recipe: HeadRecipe;
  /** Strength of the logit adjustment; null is chosen by cross-validation. */
  readonly adjustment: number | null;
  readonly onProgress: (done: number, total: number) => void;
}

const finalTolerance = 1e-6;

/** Validates a way of training. */
export function headCandidate(
  algebra: Algebra,
  examples: Examples,
  { regime, ...options }: CandidateOptions & { readonly regime: HeadRegime },
): Promise<HeadCandidate> {
  return regime === 'head'
    ? logisticCandidate(algebra, examples, options)
    : prototypeCandidate(algebra, examples, options);
}

async function logisticCandidate(
  algebra: Algebra,
  examples: Examples,
  options: CandidateOptions,
): Promise<HeadCandidate> {
  const { recipe } = options;
  const validation = await crossValidate(algebra, examples, options);
  const masks = [new Uint8Array(examples.labels.length).fill(1)];
  const fits = await headFits(algebra, examples, { recipe, masks });
  const { l2 } = validation;
  const prior = must(fits.prior[0], 'one head is fitted');
  const { probabilities, isJudged } = validation;
  const judged = { probabilities, isJudged, labels: examples.labels, prior };
  const adjustment = options.adjustment ?? adjustmentOf(recipe) ?? chooseAdjustment(judged);
  const shift = logitShift(prior, adjustment);
  const shifted = shiftRows(probabilities, shift);
  return {
    ...{ regime: 'head', validation, l2, adjustment },
    ...{ probabilities: shifted, predicted: argmaxRows(shifted) },
    fit: async () => {
      const { points } = await fits.fit(algebra, {
        ...{ l2, tolerance: finalTolerance, starts: [validation.start] },
      });
      return {
        point: must(points[0], 'one head is fitted'),
        active: must(fits.active[0], 'one head is fitted'),
        shift,
      };
    },
  };
}

/** Cross-entropy of logits + tau · log prior has the logits of plain cross-entropy − tau · log prior. */
function adjustmentOf({ loss }: HeadRecipe): number | null {
  return loss.kind === 'balanced-softmax' ? loss.tau : null;
}

/** Distances to class means do not know how frequent classes are: there is nothing to adjust. */
async function prototypeCandidate(
  algebra: Algebra,
  examples: Examples,
  folds: CandidateOptions,
): Promise<HeadCandidate> {
  const validation = await validatePrototypes(algebra, examples, folds);
  folds.onProgress(1, 1);
  return {
    ...{ regime: 'prototype', validation, l2: null, adjustment: 0 },
    probabilities: validation.probabilities,
    predicted: argmaxRows(validation.probabilities),
    fit: () => {
      const mask = new Uint8Array(examples.labels.length).fill(1);
      const prototypes = prototypesOf(examples, mask, validation.shrinkage);
      const shift = new Float64Array(examples.classCount);
      return Promise.resolve({ point: prototypePoint(prototypes, 1), active: prototypes.active, shift });
    },
  };
}
