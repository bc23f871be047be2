import type { Matrix } from './algebra.ts';
import {
  calibratedJoint,
  confidentClasses,
  confidentJoint,
  roundedJoint,
  type Judged,
} from './confident-learning.ts';
import { normalizedMargin, selfConfidence } from './label-scores.ts';
import { argmaxRows } from './metrics.ts';
import { roundKeepingSum } from './round-keeping-sum.ts';

/** Ways to decide which labels are issues (cleanlab's names): a set, where scores give an order. */
export const issueFilters = [
  'prune_by_noise_rate',
  'prune_by_class',
  'both',
  'confident_learning',
  'predicted_neq_given',
  'low_normalized_margin',
  'low_self_confidence',
] as const;
export type IssueFilter = (typeof issueFilters)[number];

export interface IssueOptions {
  /** Share of the estimated noise to flag. */
  readonly fracNoise?: number;
  /** Units that stay in a class whatever is estimated. */
  readonly minExamplesPerClass?: number;
}

/** Rows whose label is an issue, in order. A prediction equal to the given class is never one. */
export function findLabelIssues(
  judged: Judged,
  filter: IssueFilter,
  options: IssueOptions = {},
): readonly number[] {
  const flagged = flags(judged, filter, { fracNoise: 1, minExamplesPerClass: 1, ...options });
  const agrees = predictsGiven(judged);
  return [...judged.labels.keys()].filter((row) => flagged.has(row) && !agrees(row));
}

function flags(judged: Judged, filter: IssueFilter, options: Required<IssueOptions>): ReadonlySet<number> {
  switch (filter) {
    case 'prune_by_noise_rate':
      return pruneByNoiseRate(judged, options);
    case 'prune_by_class':
      return pruneByClass(judged, options);
    case 'both':
      return common(pruneByClass(judged, options), pruneByNoiseRate(judged, options));
    case 'confident_learning':
      return offDiagonal(judged);
    case 'predicted_neq_given':
      return new Set(judged.labels.keys());
    case 'low_normalized_margin':
      return lowest(judged, normalizedMargin(judged));
    case 'low_self_confidence':
      return lowest(judged, selfConfidence(judged));
  }
}

function common(a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...a].filter((row) => b.has(row)));
}

function predictsGiven({ labels, probabilities: { data, rows, cols } }: Judged): (row: number) => boolean {
  // The given class wins near ties.
  const favoured = Float64Array.from(data);
  for (const [row, label] of labels.entries()) {
    favoured[row * cols + label] = (favoured[row * cols + label] as number) + 1e-6;
  }
  const predicted = argmaxRows({ data: favoured, rows, cols });
  return (row) => predicted[row] === labels[row];
}

function offDiagonal(judged: Judged): ReadonlySet<number> {
  const confident = confidentClasses(judged);
  return new Set(
    [...judged.labels.keys()].filter((row) => confident[row] !== -1 && confident[row] !== judged.labels[row]),
  );
}

/** As many of the lowest scores as confident learning finds issues. */
function lowest(judged: Judged, scores: Float64Array): ReadonlySet<number> {
  const count = findLabelIssues(judged, 'confident_learning').length;
  const order = [...judged.labels.keys()].sort((a, b) => (scores[a] as number) - (scores[b] as number));
  return new Set(order.slice(0, count));
}

/** Flags as many of the least likely units of a class as the joint says are of other classes. */
function pruneByClass(judged: Judged, options: Required<IssueOptions>): ReadonlySet<number> {
  const { data, cols } = judged.probabilities;
  const kept = keptCounts(judged, options);
  const issues = new Set<number>();
  for (const [given, rows] of rowsByClass(judged).entries()) {
    if (rows.length <= options.minExamplesPerClass) continue;
    const count = rows.length - (kept.data[given * cols + given] as number);
    const own = (row: number): number => data[row * cols + given] as number;
    const limit = own(rows.toSorted((a, b) => own(a) - own(b))[count] ?? -1);
    for (const row of rows) if (own(row) < limit) issues.add(row);
  }
  return issues;
}

/** For every pair of classes flags as many units as the joint says, those where the other class leads the most. */
function pruneByNoiseRate(judged: Judged, options: Required<IssueOptions>): ReadonlySet<number> {
  const { data, cols } = judged.probabilities;
  const kept = keptCounts(judged, options);
  const issues = new Set<number>();
  for (const [given, rows] of rowsByClass(judged).entries()) {
    if (rows.length <= options.minExamplesPerClass) continue;
    for (let truth = 0; truth < cols; truth++) {
      const count = kept.data[given * cols + truth] as number;
      if (truth === given || count === 0) continue;
      const lead = (row: number): number =>
        (data[row * cols + truth] as number) - (data[row * cols + given] as number);
      const limit = lead(rows.toSorted((a, b) => lead(b) - lead(a))[count - 1] ?? -1);
      for (const row of rows) if (lead(row) >= limit) issues.add(row);
    }
  }
  return issues;
}

function rowsByClass({ labels, probabilities: { cols } }: Judged): readonly (readonly number[])[] {
  const rows = Array.from({ length: cols }, (): number[] => []);
  for (const [row, label] of labels.entries()) rows[label]?.push(row);
  return rows;
}

/** The rounded calibrated joint, with a least diagonal and only a share of the noise off it. */
function keptCounts(
  judged: Judged,
  { fracNoise, minExamplesPerClass }: Required<IssueOptions>,
): Matrix<Float64Array> {
  const joint = roundedJoint(calibratedJoint(confidentJoint(judged), judged.labels));
  const { cols } = joint;
  const data = joint.data.slice();
  for (let given = 0; given < cols; given++) {
    const row = data.subarray(given * cols, (given + 1) * cols);
    const diagonal = Math.max(row[given] as number, minExamplesPerClass);
    const filled = row.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
    const taken = (diagonal - (row[given] as number)) / Math.max(filled - 1, 1);
    let released = 0;
    for (let truth = 0; truth < cols; truth++) {
      if (truth === given) continue;
      const count = Math.max(0, (row[truth] as number) - taken);
      row[truth] = Math.floor(count * fracNoise);
      released += count - count * fracNoise;
    }
    row[given] = Math.floor(diagonal + released);
    row.set(roundKeepingSum(row));
  }
  return { data, rows: cols, cols };
}
