import { must } from '#base/assert.ts';
import { problem } from '#base/problem.ts';
import { seededRandom } from '#base/random.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Algebra, Matrix } from './algebra.ts';
import { chooseRegime, type Compared } from './choose-regime.ts';
import { applyScale, firstBrokenRow, measureScale, type FeatureScale } from './feature-scale.ts';
import { dealFolds } from './folds.ts';
import {
  headCandidate,
  headRegimes,
  type FittedHead,
  type HeadCandidate,
  type HeadRegime,
} from './head-candidate.ts';
import { plainRecipe, type HeadLoss } from './head-recipe.ts';
import { nearestByCosine, neighbourCount } from './knn.ts';
import { headOf } from './logistic-head.ts';
import type { Folds, Validation } from './out-of-fold.ts';
import type { HeadSampling } from './sampling/head-samples.ts';
import type { Examples } from './softmax-objective.ts';
import { auditLabels, type Audit } from './suspects.ts';

/** Labelled units: embeddings as the backbone made them, classes 0 … classCount − 1, groups that stay together. */
export interface LabelledUnits extends Examples {
  readonly features: Matrix<Float32Array>;
  readonly groups: Int32Array;
}

export type TrainingStep = 'folds' | 'head' | 'neighbours' | 'audit';

export interface TrainingOptions {
  readonly seed: number;
  readonly folds: number;
  /** `auto`: the prototypes, unless the head is better by a standard error. The head when absent. */
  readonly regime?: HeadRegime | 'auto';
  /** Of the head; plain cross-entropy, and every label as often as it is, when absent. */
  readonly loss?: HeadLoss;
  readonly sampling?: HeadSampling;
  /** Strength of the logit adjustment of the head; chosen by cross-validation, or what the loss says, when absent. */
  readonly adjustment?: number;
  readonly onProgress: (step: TrainingStep, done: number, total: number) => void;
}

/**
 * A head on embeddings as they are: softmax(embedding · coefficientsᵀ + intercepts) are calibrated probabilities where
 * there is no logit adjustment; with one they are what it makes of them.
 */
export interface CalibratedHead {
  readonly classCount: number;
  readonly dim: number;
  /** classes × dim. */
  readonly coefficients: Float32Array;
  /** A class without examples has −Infinity. */
  readonly intercepts: Float32Array;
}

export interface TrainedHead {
  readonly regime: HeadRegime;
  readonly head: CalibratedHead;
  readonly folds: number;
  /** Calibrated, before the logit adjustment: what labels are judged by. */
  readonly validation: Validation;
  /** Strength of the L2 penalty; null where there is none. */
  readonly l2: number | null;
  /** Strength tau of the logit adjustment that is in the head; 0 = none. */
  readonly adjustment: number;
  /** Class of every unit as the head would predict it without having seen its label, by the adjusted probabilities. */
  readonly predicted: Int32Array;
  /** What `predicted` is the likeliest of: out of fold, units × classes. */
  readonly probabilities: Matrix<Float64Array>;
  /** The ways to train that were compared, the cheapest first; empty where there was one. */
  readonly compared: readonly Compared<HeadRegime>[];
  readonly audit: Audit;
}

/** Trains a head with cross-validation and audits the labels by it. */
export async function trainHead(
  algebra: Algebra,
  units: LabelledUnits,
  options: TrainingOptions,
): Promise<Result<TrainedHead>> {
  const dealt = dealFolds(units.labels, units.groups, {
    classCount: units.classCount,
    folds: options.folds,
    random: seededRandom(options.seed),
  });
  const refusal = refusalOf(units, dealt.folds);
  if (refusal !== null) return err(problem('too-few', 'labels', refusal));
  const broken = firstBrokenRow(units.features);
  if (broken !== -1) {
    const reason = `The embedding of labelled image ${broken + 1} is not a number; embed the images again.`;
    return err(problem('damaged', 'embeddings', reason));
  }
  const scale = measureScale(units.features);
  const examples = { ...units, features: applyScale(units.features, scale) };
  const { chosen, compared } = await chooseCandidate(algebra, examples, { ...options, ...dealt });
  options.onProgress('head', 0, 1);
  const head = unscaled(examples, await chosen.fit(), { scale, temperature: chosen.validation.temperature });
  const audit = await auditBy(algebra, examples, { validation: chosen.validation, ...options });
  const { regime, validation, l2, adjustment, probabilities, predicted } = chosen;
  const found = { regime, validation, l2, adjustment, probabilities, predicted };
  return ok({ ...found, compared, head, folds: dealt.folds, audit });
}

/** Validates what was asked for; of several the cheapest, unless a dearer one is better by a standard error. */
async function chooseCandidate(
  algebra: Algebra,
  examples: Examples,
  options: TrainingOptions & Folds,
): Promise<{ readonly chosen: HeadCandidate; readonly compared: readonly Compared<HeadRegime>[] }> {
  const { regime = 'head', loss = plainRecipe.loss, sampling = plainRecipe.sampling, seed } = options;
  const candidates: HeadCandidate[] = [];
  for (const each of regime === 'auto' ? headRegimes : [regime]) {
    const candidate = await headCandidate(algebra, examples, {
      ...{ regime: each, fold: options.fold, folds: options.folds, recipe: { loss, sampling, seed } },
      adjustment: options.adjustment ?? null,
      onProgress: (done, total) => options.onProgress('folds', done, total),
    });
    candidates.push(candidate);
  }
  const compared = chooseRegime(
    candidates.map(({ regime: name, predicted }) => ({
      regime: name,
      right: Uint8Array.from(examples.labels, (label, row) => Number(predicted[row] === label)),
    })),
  );
  const best = compared.find(({ isChosen }) => isChosen);
  const chosen = must(
    candidates.find(({ regime: name }) => name === best?.regime),
    'one is chosen',
  );
  return { chosen, compared: compared.length > 1 ? compared : [] };
}

async function auditBy(
  algebra: Algebra,
  { features, labels, groups }: LabelledUnits,
  { validation, onProgress }: Pick<TrainingOptions, 'onProgress'> & { readonly validation: Validation },
): Promise<Audit> {
  onProgress('neighbours', 0, 1);
  const k = Math.min(neighbourCount, labels.length - 1);
  const nearest = await nearestByCosine(algebra, features, { groups, k });
  onProgress('audit', 0, 1);
  const { probabilities: head, isJudged } = validation;
  const audit = auditLabels({ labels, head, nearest, isJudged });
  onProgress('audit', 1, 1);
  return audit;
}

/** Why these units cannot be learned from, in words; null when they can. */
function refusalOf({ labels, groups }: LabelledUnits, folds: number): string | null {
  const classes = new Set(labels).size;
  if (classes === 0) return 'No image has a label yet; label some of at least two classes.';
  if (classes === 1) return `All ${labels.length} labels are of one class; label images of a second one.`;
  if (folds < 2) return 'All labelled images belong to one group; label images of a second one.';
  if (!hasSharedClass(labels, groups)) {
    return 'No class has labelled images in two groups; label more images of each class.';
  }
  return null;
}

function hasSharedClass(labels: Int32Array, groups: Int32Array): boolean {
  const groupOf = new Map<number, number>();
  return labels.some((label, row) => {
    const first = groupOf.get(label) ?? (groups[row] as number);
    groupOf.set(label, first);
    return first !== groups[row];
  });
}

/** Puts the scale of the features, the temperature and the adjustment into the coefficients. */
function unscaled(
  examples: Examples,
  { point, active, shift }: FittedHead,
  { scale, temperature }: { readonly scale: FeatureScale; readonly temperature: number },
): CalibratedHead {
  const { classCount, features } = examples;
  const dim = features.cols;
  const fitted = headOf(examples, { active }, point);
  const coefficients = Float32Array.from(fitted.coefficients, (value) => value / (scale.scale * temperature));
  const intercepts = Float32Array.from(fitted.intercepts, (value, k) => {
    let offset = 0;
    for (let col = 0; col < dim; col++) {
      offset += (fitted.coefficients[k * dim + col] as number) * (scale.mean[col] as number);
    }
    return (value - offset / scale.scale) / temperature + (shift[k] as number);
  });
  return { classCount, dim, coefficients, intercepts };
}
