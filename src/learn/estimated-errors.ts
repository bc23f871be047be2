import type { Matrix } from './algebra.ts';
import { calibratedJoint, confidentJoint, noiseMatrix, type Judged } from './confident-learning.ts';
import { wilsonInterval, type Estimate } from './intervals.ts';
import { findLabelIssues } from './label-issues.ts';
import { selfConfidence } from './label-scores.ts';

/**
 * How many of the labels are wrong. Two estimates err to opposite sides: injected flips too low where people err on
 * hard images, confident learning too high where the model is weak. The value is their geometric mean, the interval
 * spans both with their 95 % sampling error.
 */
export function estimateErrors(judged: Judged): Estimate {
  const parts = [countByConfidentLearning(judged), countByInjection(judged)];
  return {
    value: Math.sqrt(parts.reduce((product, { value }) => product * value, 1)),
    low: Math.min(...parts.map(({ low }) => low)),
    high: Math.max(...parts.map(({ high }) => high)),
  };
}

/** Labels off the diagonal of the confident joint. */
export function countByConfidentLearning(judged: Judged): Estimate {
  return countOf(findLabelIssues(judged, 'confident_learning').length, judged.labels.length, 1);
}

/** A count with its interval, divided by the share of errors that it can see. */
function countOf(seen: number, units: number, visible: number): Estimate {
  const share = wilsonInterval(seen, units);
  const scale = (value: number): number => Math.min(units, (value * units) / visible);
  return { value: scale(share.value), low: scale(share.low), high: scale(share.high) };
}

// Fewer labels than this below a threshold say nothing: an absolute number and a share of all.
const leastSeen = 3;
const leastShare = 0.002;

/**
 * Errors estimated from what planted ones would look like: if a share of the planted flips scores below a threshold,
 * real errors do as well, so no more can be wrong than lie below it, divided by this share. The threshold is the one
 * that bounds the number best.
 *
 * Planting needs no training: the probabilities of a unit are out of sample, so they say how any other label of it
 * would score.
 */
export function countByInjection(judged: Judged): Estimate {
  const units = judged.labels.length;
  const scores = selfConfidence(judged).sort();
  const below = plantedBelow(judged, scores);
  let best: Estimate = { value: units, low: 0, high: units };
  for (let seen = Math.ceil(Math.max(leastSeen, leastShare * units)); seen <= units; seen++) {
    const visible = below[seen - 1] as number;
    if (visible === 0) continue;
    const found = countOf(seen, units, visible);
    if (found.high < best.high) best = found;
  }
  return best;
}

/** For every place in the sorted scores the share of planted flips that score at most as much. */
function plantedBelow({ labels, probabilities }: Judged, scores: Float64Array): Float64Array {
  const { data, cols } = probabilities;
  const noise = flipChances({ labels, probabilities });
  const planted = new Float64Array(scores.length + 1);
  let total = 0;
  for (const [row, truth] of labels.entries()) {
    for (let given = 0; given < cols; given++) {
      const chance = noise.data[given * cols + truth] as number;
      if (given === truth || chance === 0) continue;
      const place = placeOf(scores, data[row * cols + given] as number);
      planted[place] = (planted[place] as number) + chance;
      total += chance;
    }
  }
  let sum = 0;
  return Float64Array.from(scores, (_, place) => (sum += planted[place] as number) / (total || 1));
}

/** P(given | true) of confident learning, with half an error spread over the pairs it saw none of. */
function flipChances(judged: Judged): Matrix<Float64Array> {
  const joint = calibratedJoint(confidentJoint(judged), judged.labels);
  const { cols } = joint;
  const present = new Set(judged.labels);
  const isPair = (at: number): boolean =>
    Math.floor(at / cols) !== at % cols && present.has(Math.floor(at / cols)) && present.has(at % cols);
  return noiseMatrix({
    ...joint,
    data: joint.data.map((count, at) => count + (isPair(at) ? 0.5 / cols : 0)),
  });
}

/** First place in the sorted scores that holds at least this value. */
function placeOf(scores: Float64Array, value: number): number {
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((scores[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
