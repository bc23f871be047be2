import type { Matrix } from './algebra.ts';
import { argmaxRows } from './metrics.ts';
import { roundKeepingSum } from './round-keeping-sum.ts';

// Confident learning: Northcutt, Jiang and Chuang, JAIR 2021. Probabilities are out of sample, labels the given
// classes; square matrices hold given classes in rows and true classes in columns.

/** What confident learning takes in. */
export interface Judged {
  readonly labels: Int32Array;
  readonly probabilities: Matrix;
}

const slack = 1e-6;
const unreachable = 2;

/** Mean probability of each class among the units given it: who reaches it is confidently of the class. */
export function confidentThresholds({ labels, probabilities: { data, cols } }: Judged): Float64Array {
  const sums = new Float64Array(cols);
  const counts = new Float64Array(cols);
  for (const [row, label] of labels.entries()) {
    sums[label] = (sums[label] as number) + (data[row * cols + label] as number);
    counts[label] = (counts[label] as number) + 1;
  }
  return sums.map((sum, k) => (counts[k] === 0 ? unreachable : Math.max(sum / (counts[k] as number), 2e-6)));
}

/**
 * The class that every unit confidently belongs to, −1 where there is none. With several, the most likely of all
 * classes.
 */
export function confidentClasses(judged: Judged): Int32Array {
  const { data, rows, cols } = judged.probabilities;
  const thresholds = confidentThresholds(judged);
  const likeliest = argmaxRows(judged.probabilities);
  const classes = new Int32Array(rows).fill(-1);
  for (let row = 0; row < rows; row++) {
    let reached = 0;
    for (let k = 0; k < cols; k++) {
      if ((data[row * cols + k] as number) < (thresholds[k] as number) - slack) continue;
      classes[row] = k;
      reached++;
    }
    if (reached > 1) classes[row] = likeliest[row] as number;
  }
  return classes;
}

/** Units counted by given and confident class; a diagonal cell counts at least 1. */
export function confidentJoint(judged: Judged): Matrix<Float64Array> {
  const { cols } = judged.probabilities;
  const data = new Float64Array(cols * cols);
  for (const [row, confident] of confidentClasses(judged).entries()) {
    if (confident === -1) continue;
    const cell = (judged.labels[row] as number) * cols + confident;
    data[cell] = (data[cell] as number) + 1;
  }
  for (let k = 0; k < cols; k++) data[k * cols + k] = Math.max(1, data[k * cols + k] as number);
  return { data, rows: cols, cols };
}

/** The joint scaled so that a row sums to the units given its class. */
export function calibratedJoint(joint: Matrix, labels: Int32Array): Matrix<Float64Array> {
  const { cols } = joint;
  const given = new Float64Array(cols);
  for (const label of labels) given[label] = (given[label] as number) + 1;
  return mapRows(joint, (row, k) => {
    const sum = row.reduce((total, value) => total + value, 0);
    return row.map((value) => (value / sum) * (given[k] as number));
  });
}

/** Whole numbers as near as can be that keep the sums of the rows. */
export function roundedJoint(joint: Matrix): Matrix<Float64Array> {
  return mapRows(joint, roundKeepingSum);
}

/** Shares instead of counts: the estimated joint distribution of given and true class. */
export function jointDistribution(joint: Matrix): Matrix<Float64Array> {
  const total = (joint.data as Float64Array).reduce((sum, value) => sum + value, 0);
  return mapRows(joint, (row) => row.map((value) => value / total));
}

/** P(given | true): columns sum to 1; a class that is never true keeps a column of zeros. */
export function noiseMatrix(joint: Matrix): Matrix<Float64Array> {
  const { cols } = joint;
  const truth = new Float64Array(cols);
  for (const [cell, value] of joint.data.entries()) {
    truth[cell % cols] = (truth[cell % cols] as number) + value;
  }
  return mapRows(joint, (row) => row.map((value, k) => value / ((truth[k] as number) || 1)));
}

/** P(true | given), given classes in rows: rows sum to 1; a class that is never given keeps a row of zeros. */
export function inverseNoiseMatrix(joint: Matrix): Matrix<Float64Array> {
  return mapRows(joint, (row) => {
    const sum = row.reduce((total, value) => total + value, 0);
    return row.map((value) => value / (sum || 1));
  });
}

function mapRows(
  { data, rows, cols }: Matrix,
  change: (row: Float64Array, index: number) => Float64Array,
): Matrix<Float64Array> {
  const result = new Float64Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    result.set(change(Float64Array.from(data.subarray(row * cols, (row + 1) * cols)), row), row * cols);
  }
  return { data: result, rows, cols };
}
