import { must } from '#base/assert.ts';
import { batchOf, stepsPerEpoch, type TrainingData } from './batch-source.ts';
import type { Batch } from './stepper.ts';

/** Batches that are made while the device computes. */
const ahead = 3;

/** Makes the batches of the coming steps before they are needed. */
export class BatchesAhead {
  readonly #data: TrainingData;
  readonly #begun = new Map<number, Promise<Batch>>();

  constructor(data: TrainingData) {
    this.#data = data;
  }

  /** The batch of a step. Those after it are begun up to the end of the epoch, which may decide what the next holds. */
  take(step: number): Promise<Batch> {
    const perEpoch = stepsPerEpoch(this.#data);
    const end = (Math.floor(step / perEpoch) + 1) * perEpoch;
    for (let next = step; next < Math.min(end, step + 1 + ahead); next++) {
      if (!this.#begun.has(next)) this.#begun.set(next, this.#begin(next));
    }
    const batch = must(this.#begun.get(step), 'the batch was begun');
    this.#begun.delete(step);
    return batch;
  }

  #begin(step: number): Promise<Batch> {
    const batch = batchOf(this.#data, step);
    // What fails is told to the step that takes it.
    batch.catch(() => undefined);
    return batch;
  }
}
