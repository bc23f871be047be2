import type { Matrix } from './algebra.ts';
import { argmaxRows } from './metrics.ts';
import { softmaxRows } from './temperature.ts';

/** Strengths of the adjustment that are compared. */
export const adjustments: readonly number[] = [0, 0.5, 1, 1.5];

/**
 * What logits are moved by so that rare classes are predicted as if they were less rare: −tau · ln prior (Menon et al.
 * 2021). With tau 1 a calibrated model predicts as if all classes were equally frequent. 0 for classes without a prior.
 */
export function logitShift(prior: Float64Array, tau: number): Float64Array {
  return prior.map((share) => (share > 0 && tau !== 0 ? -tau * Math.log(share) : 0));
}

/** The share of each class among the labels. */
export function classShares(labels: Int32Array, classCount: number): Float64Array {
  const shares = new Float64Array(classCount);
  for (const label of labels) shares[label] = (shares[label] as number) + 1 / labels.length;
  return shares;
}

/** Probabilities whose logits were moved. */
export function shiftRows({ data, rows, cols }: Matrix, shift: Float64Array): Matrix<Float64Array> {
  const logits = Float64Array.from(data, (p, at) => Math.log(p) + (shift[at % cols] as number));
  return softmaxRows({ data: logits, rows, cols });
}

export interface AdjustmentInput {
  /** Calibrated out-of-fold probabilities. */
  readonly probabilities: Matrix;
  readonly labels: Int32Array;
  readonly prior: Float64Array;
  /** 0 for rows that no model could judge: they do not count. */
  readonly isJudged: Uint8Array;
}

/**
 * The adjustment with the best balanced accuracy out of fold; 0 unless its gain over 0 exceeds the standard error of
 * this gain, so that balanced labels stay as they are.
 */
export function chooseAdjustment({ probabilities, labels, prior, isJudged }: AdjustmentInput): number {
  const rightAt = (tau: number): Uint8Array => {
    const predicted = argmaxRows(shiftRows(probabilities, logitShift(prior, tau)));
    return Uint8Array.from(labels, (label, row) => Number(predicted[row] === label));
  };
  const plain = rightAt(0);
  let best = { tau: 0, gain: 0 };
  for (const tau of adjustments) {
    const right = rightAt(tau);
    const differences = Float64Array.from(right, (one, row) => one - (plain[row] as number));
    const { gain, standardError } = balancedGain(differences, labels, isJudged);
    if (gain > standardError && gain > best.gain) best = { tau, gain };
  }
  return best.tau;
}

/**
 * Mean over the classes of the mean difference in each, and its standard error: as if each class had one more row, which
 * did not change, lest a class of two rows seem to be sure.
 */
function balancedGain(
  differences: Float64Array,
  labels: Int32Array,
  isJudged: Uint8Array,
): { readonly gain: number; readonly standardError: number } {
  const byClass = new Map<number, number[]>();
  for (const [row, label] of labels.entries()) {
    if (isJudged[row] !== 1) continue;
    const found = byClass.get(label);
    if (found === undefined) byClass.set(label, [differences[row] as number]);
    else found.push(differences[row] as number);
  }
  let [gain, variance] = [0, 0];
  for (const values of byClass.values()) {
    const sum = values.reduce((total, value) => total + value, 0);
    const cautious = sum / (values.length + 1);
    const squares = [...values, 0].reduce((total, value) => total + (value - cautious) ** 2, 0);
    gain += sum / values.length / byClass.size;
    variance += squares / values.length ** 2 / byClass.size ** 2;
  }
  return { gain, standardError: Math.sqrt(variance) };
}
