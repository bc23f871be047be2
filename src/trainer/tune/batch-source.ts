import { must } from '#base/assert.ts';
import { epochOrder } from './epoch-order.ts';
import type { Batch } from './stepper.ts';

/** Where the images that are trained on come from, as they are stored or varied. */
export interface ImageReader {
  /** Reads images by their positions, one after another, into `into`; `first` images of the run came before them. */
  read(positions: Int32Array, into: Uint8Array, first: number): Promise<void>;
}

/** What training sees: images, their classes, and how they are dealt into batches. */
export interface TrainingData {
  readonly pixels: ImageReader;
  /** Side of an image. */
  readonly size: number;
  readonly classCount: number;
  /** Class of each image by its position. */
  readonly labels: Int32Array;
  /** Positions that are trained on. */
  readonly train: Int32Array;
  /** Units in a batch. */
  readonly batch: number;
  readonly seed: number;
  /** Share of every label that is spread over all classes (Szegedy et al. 2016). */
  readonly smoothing: number;
}

/** Steps in one epoch; the last batch may not be full. */
export function stepsPerEpoch({ train, batch }: Pick<TrainingData, 'train' | 'batch'>): number {
  return Math.ceil(train.length / batch);
}

/** The batch of a step, counted from 0. It depends on the step and the seed only, so that a resumed run sees the same. */
export async function batchOf(data: TrainingData, step: number): Promise<Batch> {
  const perEpoch = stepsPerEpoch(data);
  const order = epochOrder(data.train, { seed: data.seed, epoch: Math.floor(step / perEpoch) });
  const start = (step % perEpoch) * data.batch;
  const units = order.subarray(start, start + data.batch);
  const pixels = new Uint8Array(data.batch * data.size * data.size * 3);
  await data.pixels.read(units, pixels, step * data.batch);
  const weights = new Float32Array(data.batch).fill(1 / units.length, 0, units.length);
  return { pixels, size: data.size, targets: targetsOf(data, units), weights };
}

/** batch × classes: the class of each unit, smoothed. */
function targetsOf({ labels, batch, classCount, smoothing }: TrainingData, units: Int32Array): Float32Array {
  const targets = new Float32Array(batch * classCount).fill(smoothing / classCount);
  for (const [row, unit] of units.entries()) {
    const at = row * classCount + must(labels[unit], 'a trained unit has a class');
    targets[at] = must(targets[at], 'a target') + 1 - smoothing;
  }
  return targets;
}
