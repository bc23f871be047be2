import { seededRandom, type Random } from '#base/random.ts';
import type { Algebra } from '../algebra.ts';
import { fitRegressions, regressionOf } from '../logistic-head.ts';
import { appendRows, takeRows } from '../matrix-rows.ts';
import { logLossesOf } from '../metrics.ts';
import { ownLogits } from '../out-of-fold.ts';
import { logitsOf, type Examples } from '../softmax-objective.ts';
import { softmaxRows } from '../temperature.ts';
import { centroidWeights } from './cluster-centroids.ts';
import { drawEpoch } from './draw-epoch.ts';
import { epochWeights, hardWeights, type ClassSampling } from './epoch-weights.ts';
import { smote } from './smote.ts';

/** What a head is fitted to: an epoch as networks see it, or what only a head can be fitted to. */
export type HeadSampling = ClassSampling | 'hard' | 'centroids' | 'smote' | 'ensemble';

/** Heads whose parameters are averaged in an ensemble. */
const members = 10;

// A strong penalty: the losses shall tell what is hard to learn, not what a head can remember.
const hardL2 = 0.03;

/** What heads are fitted to. */
export interface HeadSamples {
  /** The given rows, and after them synthetic ones. */
  readonly examples: Examples;
  /** For each head how much every row counts, 0 = not at all; several of an ensemble. */
  readonly weights: readonly (readonly Float64Array[])[];
}

export interface SampleOptions {
  readonly sampling: HeadSampling;
  /** For each head 1 by row that it may learn from; nothing about other rows enters. */
  readonly masks: readonly Uint8Array[];
  readonly seed: number;
}

/** Samples what heads are fitted to, each from the rows of its mask. */
export async function headSamples(
  algebra: Algebra,
  examples: Examples,
  { sampling, masks, seed }: SampleOptions,
): Promise<HeadSamples> {
  const random = seededRandom(seed);
  if (sampling === 'smote') return withSynthetic(algebra, examples, { masks, random });
  const weights: Float64Array[][] = [];
  for (const mask of masks) {
    const rows = rowsOf(mask);
    const epochs = await epochsOf(algebra, examples, { sampling, rows, random });
    weights.push(epochs.map((epoch) => countRows(epoch, rows, mask.length)));
  }
  return { examples, weights };
}

/** One epoch of positions in `rows`, or one for each head of an ensemble. */
async function epochsOf(
  algebra: Algebra,
  examples: Examples,
  options: {
    readonly sampling: Exclude<HeadSampling, 'smote'>;
    readonly rows: Int32Array;
    readonly random: Random;
  },
): Promise<readonly Int32Array[]> {
  const { sampling, rows, random } = options;
  const labels = rows.map((row) => examples.labels[row] as number);
  const own = (): Examples => ({ ...examples, features: takeRows(examples.features, rows), labels });
  const draw = (weights: Float64Array): Int32Array => drawEpoch(labels, weights, random);
  switch (sampling) {
    case 'ensemble':
      return Array.from({ length: members }, () => draw(epochWeights('under', labels)));
    case 'hard':
      return [draw(hardWeights(await firstLosses(algebra, own())))];
    case 'centroids':
      return [draw(await centroidWeights(algebra, own(), random))];
    case 'natural':
      return [Int32Array.from(rows.keys())];
    case 'balanced':
    case 'over':
    case 'under':
      return [draw(epochWeights(sampling, labels))];
  }
}

function rowsOf(mask: Uint8Array): Int32Array {
  return Int32Array.from(mask.keys()).filter((row) => mask[row] === 1);
}

/** How often each row is in an epoch of positions in `rows`. */
function countRows(epoch: Int32Array, rows: Int32Array, count: number): Float64Array {
  const counts = new Float64Array(count);
  for (const position of epoch) {
    const row = rows[position] as number;
    counts[row] = (counts[row] as number) + 1;
  }
  return counts;
}

/** Log losses under a head that was fitted to all of the examples alike. */
async function firstLosses(algebra: Algebra, examples: Examples): Promise<Float64Array> {
  const { labels, classCount } = examples;
  const regression = regressionOf(examples, hardL2);
  const points = await fitRegressions(algebra, examples, { regressions: [regression], tolerance: 1e-4 });
  const all = await logitsOf(algebra, examples, points);
  const fold = new Int32Array(labels.length);
  return logLossesOf(softmaxRows(ownLogits(all, [regression.active], { fold, classCount })), labels);
}

/** Synthetic rows count for the heads that may learn from both of the units they lie between; classes count alike. */
async function withSynthetic(
  algebra: Algebra,
  examples: Examples,
  { masks, random }: { readonly masks: readonly Uint8Array[]; readonly random: Random },
): Promise<HeadSamples> {
  const added = await smote(algebra, examples, random);
  const labels = Int32Array.from([...examples.labels, ...added.labels]);
  const all = { ...examples, features: appendRows(examples.features, added.features), labels };
  const weights = masks.map((mask) => {
    const isIn = (at: number): number =>
      (mask[added.parents[2 * at] as number] as number) *
      (mask[added.parents[2 * at + 1] as number] as number);
    const known = Uint8Array.from([...mask, ...Array.from(added.labels.keys(), isIn)]);
    const rows = rowsOf(known);
    const even = epochWeights(
      'over',
      rows.map((row) => labels[row] as number),
    );
    const own = new Float64Array(labels.length);
    for (const [at, row] of rows.entries()) own[row] = even[at] as number;
    return [own];
  });
  return { examples: all, weights };
}
