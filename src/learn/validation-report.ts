import type { Matrix } from './algebra.ts';
import { meanInterval, wilsonInterval, type Estimate } from './intervals.ts';
import { calibrationErrorOf, classCountsOf, confusionOf, logLossOf } from './metrics.ts';

/** What is predicted out of fold. */
export interface Predictions {
  /** Class that each unit is predicted as. */
  readonly predicted: Int32Array;
  /** Calibrated probabilities. Their likeliest class may be another one, where rare classes are given an advantage. */
  readonly probabilities: Matrix;
}

/** How good out-of-fold predictions are, with 95 % intervals. */
export interface ValidationReport {
  /** Share of the units whose predicted class is the given one. */
  readonly accuracy: Estimate;
  /** Mean recall of the classes that have units. */
  readonly balancedAccuracy: Estimate;
  /** Of the calibrated probabilities. */
  readonly logLoss: number;
  /** Expected calibration error of the calibrated probabilities, 15 bins. */
  readonly calibrationError: number;
  /** By class; null where nothing was predicted, or nothing is there. */
  readonly precision: (Estimate | null)[];
  readonly recall: (Estimate | null)[];
  readonly support: Int32Array<ArrayBuffer>;
  /** classes × classes, given by predicted. */
  readonly confusion: Int32Array<ArrayBuffer>;
}

/** Measures predictions against the given labels. */
export function validationReport(
  { predicted: found, probabilities }: Predictions,
  labels: Int32Array,
): ValidationReport {
  const confusion = confusionOf(labels, found, probabilities.cols);
  const classes = classCountsOf(confusion);
  const share = (both: number, of: number): Estimate | null => (of === 0 ? null : wilsonInterval(both, of));
  const recall = classes.map(({ both, support }) => share(both, support));
  const right = classes.reduce((sum, { both }) => sum + both, 0);
  return {
    accuracy: wilsonInterval(right, labels.length),
    balancedAccuracy: meanInterval(recall.filter((one) => one !== null)),
    logLoss: logLossOf(probabilities, labels),
    calibrationError: calibrationErrorOf(probabilities, labels),
    precision: classes.map(({ both, predicted }) => share(both, predicted)),
    recall,
    support: Int32Array.from(classes, ({ support }) => support),
    confusion: Int32Array.from(confusion.counts),
  };
}
