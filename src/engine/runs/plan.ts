import type { Regime, TrainingRequest } from '#contract/training.ts';
import { regimesFor } from '#learn/regimes-for.ts';

/** One training of a network: on all folds but one, or on everything. */
export interface Part {
  readonly regime: Regime;
  /** From 0; null: nothing is held back. */
  readonly fold: number | null;
}

/** What a run trains, in order. */
export interface Plan {
  /** Networks that are measured, the cheapest first. */
  readonly regimes: readonly Regime[];
  readonly folds: number;
  /** How many of the folds are held back in turn. */
  readonly judgedFolds: number;
  /** Whether the chosen one is trained again on all labels; else the one that was measured is kept. */
  readonly isRefitted: boolean;
}

/** Up to so many labels, every fold is held back in turn: it takes minutes, and a tenth of few labels says little. */
const fewLabels = 2000;

/** Regimes that train a network rather than a classifier of embeddings. */
export const networkRegimes = ['blocks', 'full', 'head-then-full'] as const satisfies readonly Regime[];

export interface PlanInput {
  readonly regime: TrainingRequest['regime'];
  /** Labelled units of each class. */
  readonly counts: readonly number[];
  /** Every label is judged by networks that never saw it; no network is kept. */
  readonly isDeep: boolean;
  /** The networks of all folds are kept together. */
  readonly isOfFolds: boolean;
}

/** What to train for a request; no regimes where classifiers of embeddings are all that the labels allow. */
export function planOf({ regime, counts, isDeep, isOfFolds }: PlanInput): Plan {
  const labels = counts.reduce((sum, count) => sum + count, 0);
  const regimes = regimesOf(regime, counts);
  if (isDeep || isOfFolds) return { regimes, folds: 5, judgedFolds: 5, isRefitted: false };
  if (labels <= fewLabels) return { regimes, folds: 5, judgedFolds: 5, isRefitted: true };
  return { regimes, folds: 10, judgedFolds: 1, isRefitted: false };
}

/** The trainings that measure a regime. */
export function measuringParts(plan: Plan, regime: Regime): readonly Part[] {
  return Array.from({ length: plan.judgedFolds }, (_, fold) => ({ regime, fold }));
}

function regimesOf(regime: TrainingRequest['regime'], counts: readonly number[]): readonly Regime[] {
  if (regime !== 'auto') return networkRegimes.filter((each) => each === regime);
  const tried = regimesFor(counts);
  return networkRegimes.filter((each) => tried.some((regime) => regime === each));
}
