import { must } from '#base/assert.ts';
import type { Algebra } from './algebra.ts';
import { fitRegressions, priorOf, regressionOf } from './logistic-head.ts';
import { headSamples, type HeadSampling } from './sampling/head-samples.ts';
import type { Examples, Regression } from './softmax-objective.ts';

/** What a head makes small. */
export type HeadLoss =
  | { readonly kind: 'cross-entropy' }
  /** Classes weigh (1 − beta) / (1 − betaⁿ), n = their labels (Cui et al. 2019); 1 is N / (K · n). */
  | { readonly kind: 'class-weights'; readonly beta: number }
  /** Cross-entropy of logits + tau · log prior (Ren et al. 2020, Menon et al. 2021). */
  | { readonly kind: 'balanced-softmax'; readonly tau: number }
  /** (1 − p)^gamma · cross-entropy (Lin et al. 2017). */
  | { readonly kind: 'focal'; readonly gamma: number };

/** What a head is fitted to, and how. */
export interface HeadRecipe {
  readonly loss: HeadLoss;
  readonly sampling: HeadSampling;
  readonly seed: number;
}

/** Cross-entropy of all labels, each as often as it is. */
export const plainRecipe: HeadRecipe = {
  loss: { kind: 'cross-entropy' },
  sampling: 'natural',
  seed: 1,
};

/** Heads to be fitted, each to the rows of a mask, with whatever penalty. */
export interface HeadFits {
  /** For each head which classes it has an example of. */
  readonly active: readonly Uint8Array[];
  /** For each head the share of each class in what it is fitted to: what its intercepts know of how frequent it is. */
  readonly prior: readonly Float64Array[];
  /** Fits all heads; `starts` are those of an earlier fit, or one for all. */
  fit(algebra: Algebra, options: FitRequest): Promise<Fitted>;
}

export interface FitRequest {
  readonly l2: number;
  readonly tolerance: number;
  readonly starts: readonly Float64Array[] | null;
}

export interface Fitted {
  /** One vector of parameters for each head. */
  readonly points: readonly Float64Array[];
  /** One for each regression: an ensemble has several in a head. */
  readonly starts: readonly Float64Array[];
}

/**
 * Prepares heads by a recipe. The head of an ensemble is the mean of its members' parameters, and so of their logits:
 * the geometric mean of their probabilities. A linear head cannot be the arithmetic one.
 */
export async function headFits(
  algebra: Algebra,
  examples: Examples,
  { recipe, masks }: { readonly recipe: HeadRecipe; readonly masks: readonly Uint8Array[] },
): Promise<HeadFits> {
  const { sampling, seed, loss } = recipe;
  const samples = await headSamples(algebra, examples, { sampling, seed, masks });
  const heads = samples.weights.map((members) =>
    members.map((weights) => lossRegression(samples.examples, weights, loss)),
  );
  const first = heads.map((members) => must(members[0], 'a head has a member'));
  return {
    active: first.map(({ active }) => active),
    prior: first.map((regression) => priorOf(regression, samples.examples)),
    fit: async (via, { l2, tolerance, starts }) => {
      const regressions = heads.flat().map((regression) => ({ ...regression, l2 }));
      const begin = starts?.length === 1 ? regressions.map(() => must(starts[0], 'a start')) : starts;
      const found = await fitRegressions(via, samples.examples, {
        ...{ regressions, tolerance },
        ...(begin === null ? {} : { starts: begin }),
      });
      let at = 0;
      const points = heads.map(({ length }) => meanOf(found.slice(at, (at += length))));
      return { points, starts: found };
    },
  };
}

function lossRegression(examples: Examples, samples: Float64Array, loss: HeadLoss): Regression {
  switch (loss.kind) {
    case 'cross-entropy':
    // The intercepts are free of the penalty, so tau · log prior only moves them: `adjustment` does that afterwards.
    case 'balanced-softmax':
      return regressionOf(examples, 0, { samples });
    case 'focal':
      return regressionOf(examples, 0, { samples, gamma: loss.gamma });
    case 'class-weights':
      return regressionOf(examples, 0, { samples, classes: classWeights(examples, samples, loss.beta) });
  }
}

/** Of each class, up to a common factor; its labels are as many as its rows count. */
function classWeights({ labels, classCount }: Examples, samples: Float64Array, beta: number): Float64Array {
  const counts = priorOf({ weights: samples }, { labels, classCount });
  return counts.map((n) => (n === 0 ? 0 : beta === 1 ? 1 / n : (1 - beta) / (1 - beta ** n)));
}

/** Mean of vectors of parameters. */
export function meanOf(points: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(points[0]?.length ?? 0);
  for (const point of points) {
    for (let i = 0; i < mean.length; i++)
      mean[i] = (mean[i] as number) + (point[i] as number) / points.length;
  }
  return mean;
}
