import type { Matrix, Nearest } from './algebra.ts';
import { calibratedJoint, confidentJoint, jointDistribution, type Judged } from './confident-learning.ts';
import { estimateErrors } from './estimated-errors.ts';
import { combineEvidence } from './evidence.ts';
import type { Estimate } from './intervals.ts';
import { neighboursOf, voteOf } from './knn.ts';
import { likeliestOther, normalizedMargin, selfConfidence } from './label-scores.ts';

export interface AuditInput {
  readonly labels: Int32Array;
  /** Calibrated out-of-fold probabilities of the head. */
  readonly head: Matrix;
  readonly nearest: Nearest;
  /** 0 for units that no model could judge, being the only ones of their class or group. */
  readonly isJudged: Uint8Array;
}

/** Everything by unit, in the order of the input, but for `order`. */
export interface Audit {
  /** Units from the most suspect label to the least. */
  readonly order: Int32Array;
  /** Calibrated probability of the given class: 0–1, low = suspect. */
  readonly score: Float64Array;
  /** The most likely other class. */
  readonly suggested: Int32Array;
  /** Probability that the label is wrong; they sum to the estimated errors. */
  readonly wrong: Float64Array;
  /** Reasons: what the head alone says, how far it prefers another class, and what the neighbours alone say. */
  readonly selfConfidence: Float64Array;
  readonly normalizedMargin: Float64Array;
  readonly knn: Float64Array;
  /** How many neighbours were looked at, and how many of them carry the given and the suggested class. */
  readonly neighbours: number;
  readonly neighboursGiven: Int32Array;
  readonly neighboursSuggested: Int32Array;
  readonly estimatedErrors: Estimate;
  /** Estimated joint distribution of given (row) and true class. */
  readonly joint: Matrix<Float64Array>;
}

/** Judges every given label by evidence that did not know it. */
export function auditLabels({ labels, head, nearest, isJudged }: AuditInput): Audit {
  const vote = voteOf(nearest, labels, head.cols);
  const probabilities = combineEvidence(head, vote, labels);
  const evidence: Judged = { labels, probabilities };
  const judged = onlyJudged(evidence, isJudged);
  const estimatedErrors = estimateErrors(judged);
  const score = neutral(selfConfidence(evidence), isJudged);
  const suggested = likeliestOther(evidence);
  return {
    order: Int32Array.from(labels.keys()).sort(
      (a, b) => (score[a] as number) - (score[b] as number) || a - b,
    ),
    score,
    suggested,
    wrong: chanceWrong(score, estimatedErrors.value),
    selfConfidence: selfConfidence({ labels, probabilities: head }),
    normalizedMargin: normalizedMargin({ labels, probabilities: head }),
    knn: selfConfidence({ labels, probabilities: vote }),
    neighbours: nearest.k,
    neighboursGiven: neighboursOf(nearest, labels, labels),
    neighboursSuggested: neighboursOf(nearest, labels, suggested),
    estimatedErrors,
    joint: jointDistribution(calibratedJoint(confidentJoint(judged), judged.labels)),
  };
}

function onlyJudged({ labels, probabilities }: Judged, isJudged: Uint8Array): Judged {
  const { data, cols } = probabilities;
  const rows = [...labels.keys()].filter((row) => isJudged[row] === 1);
  const kept = new Float64Array(rows.length * cols);
  for (const [to, from] of rows.entries()) kept.set(data.subarray(from * cols, (from + 1) * cols), to * cols);
  return {
    labels: Int32Array.from(rows, (row) => labels[row] as number),
    probabilities: { data: kept, rows: rows.length, cols },
  };
}

/** Who could not be judged is as suspect as the average: nothing speaks for or against the label. */
function neutral(score: Float64Array, isJudged: Uint8Array): Float64Array {
  const judged = score.filter((_, row) => isJudged[row] === 1);
  const mean = judged.reduce((sum, value) => sum + value, 0) / judged.length;
  return score.map((value, row) => (isJudged[row] === 1 ? value : mean));
}

/**
 * Turns calibrated probabilities of the given class into probabilities that the label is wrong. A model is unsure of
 * many right labels, so their log-odds are shifted by the one number that makes them sum to the estimated errors.
 */
export function chanceWrong(score: Float64Array, errors: number): Float64Array {
  if (errors <= 0) return new Float64Array(score.length);
  const odds = score.map((value) => {
    const p = Math.min(1 - 1e-9, Math.max(1e-9, value));
    return Math.log((1 - p) / p);
  });
  const shifted = (shift: number): Float64Array => odds.map((value) => 1 / (1 + Math.exp(-(value + shift))));
  let low = -50;
  let high = 50;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (shifted(middle).reduce((sum, value) => sum + value, 0) < errors) low = middle;
    else high = middle;
  }
  return shifted((low + high) / 2);
}
