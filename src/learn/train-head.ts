import { problem } from '#base/problem.ts';
import { seededRandom } from '#base/random.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Algebra, Matrix } from './algebra.ts';
import { crossValidate, type CrossValidation } from './cross-validate.ts';
import { applyScale, firstBrokenRow, measureScale, type FeatureScale } from './feature-scale.ts';
import { dealFolds } from './folds.ts';
import { nearestByCosine, neighbourCount } from './knn.ts';
import { fitRegressions, headOf, regressionOf } from './logistic-head.ts';
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
  readonly onProgress: (step: TrainingStep, done: number, total: number) => void;
}

/** A head on embeddings as they are: softmax(embedding · coefficientsᵀ + intercepts) is calibrated. */
export interface CalibratedHead {
  readonly classCount: number;
  readonly dim: number;
  /** classes × dim. */
  readonly coefficients: Float32Array;
  /** A class without examples has −Infinity. */
  readonly intercepts: Float32Array;
}

export interface TrainedHead {
  readonly head: CalibratedHead;
  readonly folds: number;
  readonly validation: CrossValidation;
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
  const validation = await crossValidate(algebra, examples, {
    ...dealt,
    onProgress: (done, total) => options.onProgress('folds', done, total),
  });
  options.onProgress('head', 0, 1);
  const head = await fitFinal(algebra, examples, { validation, scale });
  options.onProgress('neighbours', 0, 1);
  const nearest = await nearestByCosine(algebra, examples.features, {
    groups: units.groups,
    k: Math.min(neighbourCount, units.labels.length - 1),
  });
  options.onProgress('audit', 0, 1);
  const audit = auditLabels({
    labels: units.labels,
    head: validation.probabilities,
    nearest,
    isJudged: validation.isJudged,
  });
  options.onProgress('audit', 1, 1);
  return ok({ head, folds: dealt.folds, validation, audit });
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

const finalTolerance = 1e-6;

async function fitFinal(
  algebra: Algebra,
  examples: Examples,
  { validation, scale }: { readonly validation: CrossValidation; readonly scale: FeatureScale },
): Promise<CalibratedHead> {
  const regression = regressionOf(examples, validation.l2);
  const [point] = await fitRegressions(algebra, examples, {
    regressions: [regression],
    starts: [validation.start],
    tolerance: finalTolerance,
  });
  const { coefficients, intercepts } = headOf(examples, regression, point ?? validation.start);
  return unscaled(examples, { coefficients, intercepts, scale, temperature: validation.temperature });
}

/** Puts the scale of the features and the temperature into the coefficients. */
function unscaled(
  { classCount, features: { cols: dim } }: Examples,
  parts: {
    readonly coefficients: Float64Array;
    readonly intercepts: Float64Array;
    readonly scale: FeatureScale;
    readonly temperature: number;
  },
): CalibratedHead {
  const { scale, temperature } = parts;
  const coefficients = Float32Array.from(parts.coefficients, (value) => value / (scale.scale * temperature));
  const intercepts = Float32Array.from(parts.intercepts, (value, k) => {
    let shift = 0;
    for (let col = 0; col < dim; col++) {
      shift += (parts.coefficients[k * dim + col] as number) * (scale.mean[col] as number);
    }
    return (value - shift / scale.scale) / temperature;
  });
  return { classCount, dim, coefficients, intercepts };
}
