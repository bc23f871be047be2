import type { Matrix } from './algebra.ts';

/** Softmax of every row of logits divided by the temperature. −Infinity gives 0. */
export function softmaxRows({ data, rows, cols }: Matrix, temperature = 1): Matrix<Float64Array> {
  const probabilities = new Float64Array(rows * cols);
  for (let start = 0; start < rows * cols; start += cols) {
    let top = -Infinity;
    for (let i = start; i < start + cols; i++) top = Math.max(top, data[i] as number);
    let sum = 0;
    for (let i = start; i < start + cols; i++) {
      const value = Math.exp(((data[i] as number) - top) / temperature);
      probabilities[i] = value;
      sum += value;
    }
    for (let i = start; i < start + cols; i++) probabilities[i] = (probabilities[i] as number) / sum;
  }
  return { data: probabilities, rows, cols };
}

// Beyond these a model is useless or perfect on what it was calibrated on; the exact number no longer matters.
const coldest = 0.05;
const hottest = 20;

/**
 * The temperature that makes softmax(logits / T) most likely (Guo et al. 2017). The loss is convex in 1/T: Newton's
 * method finds the zero of its slope, kept inside a shrinking bracket.
 * @param smoothing share of every label that is spread over all possible classes; 0 lets a model that is always right
 * grow as sure as it likes
 */
export function fitTemperature(logits: Matrix, labels: Int32Array, smoothing = 0): number {
  let low = 1 / hottest;
  let high = 1 / coldest;
  let inverse = 1;
  for (let i = 0; i < 60 && high - low > 1e-12 * low; i++) {
    const { slope, curvature } = derivatives(logits, labels, { inverse, smoothing });
    if (slope < 0) low = inverse;
    else high = inverse;
    const next = inverse - slope / curvature;
    if (Math.abs(next - inverse) < 1e-12 * inverse) break;
    inverse = next > low && next < high ? next : Math.sqrt(low * high);
  }
  return 1 / inverse;
}

/** The temperature that a set of this size can vouch for: as if one more unit had been of any class (after Platt 1999). */
export function fitCautiousTemperature(logits: Matrix, labels: Int32Array): number {
  return fitTemperature(logits, labels, 1 / (labels.length + 1));
}

/**
 * First and second derivative of the summed loss by the inverse temperature: mean logit under the model minus the
 * given one's, and the variance of the logits under the model.
 */
function derivatives(
  { data, cols }: Matrix,
  labels: Int32Array,
  { inverse, smoothing }: { readonly inverse: number; readonly smoothing: number },
): { readonly slope: number; readonly curvature: number } {
  let slope = 0;
  let curvature = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * cols;
    let top = -Infinity;
    for (let i = start; i < start + cols; i++) top = Math.max(top, data[i] as number);
    let sum = 0;
    let first = 0;
    let second = 0;
    let all = 0;
    let possible = 0;
    for (let i = start; i < start + cols; i++) {
      const below = (data[i] as number) - top;
      if (below === -Infinity) continue;
      const weight = Math.exp(below * inverse);
      sum += weight;
      first += weight * below;
      second += weight * below * below;
      all += below;
      possible++;
    }
    const mean = first / sum;
    const given = (data[start + (labels[row] as number)] as number) - top;
    slope += mean - (1 - smoothing) * given - (smoothing * all) / possible;
    curvature += second / sum - mean * mean;
  }
  return { slope, curvature };
}
