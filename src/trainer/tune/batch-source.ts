import type { Tensor } from 'onnxruntime-node';
import { batchTargets, type TrainingLabels } from './batch-targets.ts';
import type { Epochs } from './epochs.ts';
import type { Batch } from './stepper.ts';

/** Where the images that are trained on come from, as they are stored or varied. */
export interface ImageReader {
  /** Reads images by their positions, one after another, into `into`; `first` images of the run came before them. */
  read(positions: Int32Array, into: Uint8Array, first: number): Promise<void>;
}

/** What makes of images what a network is fed: their pixels, or activations that were computed from them. */
export interface InputReader {
  /**
   * Reads images by their positions into a tensor of `rows` rows; rows that are left over are zeros. `first` images of
   * the run came before them.
   */
  read(positions: Int32Array, rows: number, first: number): Promise<Tensor>;
}

/** What training sees: images, their classes, and how they are dealt into batches. */
export interface TrainingData extends TrainingLabels {
  readonly inputs: InputReader;
  /** What is trained on. */
  readonly epochs: Epochs;
}

/** Steps in one epoch; the last batch may not be full. */
export function stepsPerEpoch({ epochs, batch }: Pick<TrainingData, 'epochs' | 'batch'>): number {
  return Math.ceil(epochs.length / batch);
}

/** The batch of a step, counted from 0. It depends on the step and the epochs only, so that a resumed run sees the same. */
export async function batchOf(data: TrainingData, step: number): Promise<Batch> {
  const perEpoch = stepsPerEpoch(data);
  const order = data.epochs.order(Math.floor(step / perEpoch));
  const start = (step % perEpoch) * data.batch;
  const units = order.subarray(start, start + data.batch);
  const input = await data.inputs.read(units, data.batch, step * data.batch);
  return { input, ...batchTargets(data, units) };
}
