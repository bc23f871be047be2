import type { Matrix } from './algebra.ts';
import { confidentThresholds, type Judged } from './confident-learning.ts';
import { argmaxRows } from './metrics.ts';

// Scores of given labels from out-of-sample probabilities: 0–1, low = suspect.

/** Probability of the given class. */
export function selfConfidence({ labels, probabilities: { data, cols } }: Judged): Float64Array {
  return Float64Array.from(labels, (label, row) => data[row * cols + label] as number);
}

/** The most likely class other than the given one. */
export function likeliestOther({ labels, probabilities: { data, cols } }: Judged): Int32Array {
  return labels.map((label, row) => {
    let best = label === 0 ? 1 : 0;
    for (let k = best + 1; k < cols; k++) {
      if (k !== label && (data[row * cols + k] as number) > (data[row * cols + best] as number)) best = k;
    }
    return best;
  });
}

/** (p(given) − best other p + 1) / 2: below a half where another class is more likely. */
export function normalizedMargin(judged: Judged): Float64Array {
  const { data, cols } = judged.probabilities;
  const other = likeliestOther(judged);
  return selfConfidence(judged).map(
    (own, row) => (own - (data[row * cols + (other[row] as number)] as number) + 1) / 2,
  );
}

/** Entropy of every row as a share of the largest possible. */
export function normalizedEntropy({ data, rows, cols }: Matrix): Float64Array {
  const entropy = new Float64Array(rows);
  for (let at = 0; at < rows * cols; at++) {
    const p = data[at] as number;
    const row = Math.floor(at / cols);
    if (p > 0) entropy[row] = (entropy[row] as number) - (p * Math.log(p)) / Math.log(cols);
  }
  return entropy;
}

/** Entropy over self-confidence, brought to (0, 1] (cleanlab's confidence-weighted entropy). */
export function confidenceWeightedEntropy(judged: Judged): Float64Array {
  const own = selfConfidence(judged);
  return normalizedEntropy(judged.probabilities).map((entropy, row) => {
    const weighted = entropy / Math.max(own[row] as number, 1e-6);
    return Math.log1p(weighted) / Math.max(weighted, 1e-6);
  });
}

/** Probabilities after taking off how confident the model is in each class on average, as rows that sum to 1. */
export function adjustedProbabilities(judged: Judged): Matrix<Float64Array> {
  const { data, rows, cols } = judged.probabilities;
  const thresholds = confidentThresholds(judged);
  const highest = Math.max(...thresholds);
  const adjusted = Float64Array.from(data, (p, at) => p - (thresholds[at % cols] as number) + highest);
  for (let row = 0; row < rows; row++) {
    const own = adjusted.subarray(row * cols, (row + 1) * cols);
    const sum = own.reduce((total, value) => total + value, 0);
    own.forEach((value, k) => (own[k] = value / sum));
  }
  return { data: adjusted, rows, cols };
}

/** Mean of the self-confidence of several models, weighted by how often each agrees with the given labels. */
export function ensembleSelfConfidence(labels: Int32Array, models: readonly Matrix[]): Float64Array {
  const accuracies = models.map((probabilities) => {
    const predicted = argmaxRows(probabilities);
    return labels.filter((label, row) => predicted[row] === label).length / labels.length;
  });
  const total = accuracies.reduce((sum, value) => sum + value, 0);
  const mean = new Float64Array(labels.length);
  for (const [i, probabilities] of models.entries()) {
    const weight = (accuracies[i] as number) / total;
    for (const [row, own] of selfConfidence({ labels, probabilities }).entries()) {
      mean[row] = (mean[row] as number) + weight * own;
    }
  }
  return mean;
}
