import { must } from '#base/assert.ts';
import type { Batch } from './stepper.ts';

/** What is known of the images that a training sees. */
export interface TrainingLabels {
  readonly classCount: number;
  /** Class of each image by its position; −1 = unknown. */
  readonly labels: Int32Array;
  /** Share of every label that is spread over all classes (Szegedy et al. 2016). */
  readonly smoothing: number;
  /** Domain of each image by its position, 0 or 1, −1 = neither; null where no loss asks for it. */
  readonly domains: Int32Array | null;
  /** Units in a batch. */
  readonly batch: number;
}

/** What the loss is told of the units of a batch, which may be fewer than it has places for. */
export function batchTargets(
  known: TrainingLabels,
  units: Int32Array,
): Pick<Batch, 'targets' | 'weights' | 'domains'> {
  return {
    targets: targetsOf(known, units),
    weights: weightsOf(known, units),
    domains: known.domains === null ? null : domainsOf(known.domains, units, known.batch),
  };
}

/** batch × classes: the class of each unit, smoothed. */
function targetsOf(
  { labels, batch, classCount, smoothing }: TrainingLabels,
  units: Int32Array,
): Float32Array {
  const targets = new Float32Array(batch * classCount).fill(smoothing / classCount);
  for (const [row, unit] of units.entries()) {
    const label = must(labels[unit], 'a label');
    if (label < 0) continue;
    const at = row * classCount + label;
    targets[at] = must(targets[at], 'a target') + 1 - smoothing;
  }
  return targets;
}

/** batch: units with a label share the loss evenly. */
function weightsOf({ labels, batch }: TrainingLabels, units: Int32Array): Float32Array {
  const isLabelled = units.map((unit) => Number(must(labels[unit], 'a label') >= 0));
  const count = isLabelled.reduce((sum, one) => sum + one, 0);
  const weights = new Float32Array(batch);
  for (const [row, one] of isLabelled.entries()) weights[row] = one / Math.max(1, count);
  return weights;
}

/** batch: the domain of each unit; empty places belong to neither. */
function domainsOf(domains: Int32Array, units: Int32Array, batch: number): Float32Array {
  const found = new Float32Array(batch).fill(-1);
  for (const [row, unit] of units.entries()) found[row] = must(domains[unit], 'a domain');
  return found;
}
