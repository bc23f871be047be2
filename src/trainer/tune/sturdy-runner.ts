import { must } from '#base/assert.ts';
import type { Clock } from '#base/clock.ts';
import { problem, ProblemError } from '#base/problem.ts';
import type { DeviceId } from '#contract/training.ts';
import { OutOfMemoryError, type Tensors } from '../session.ts';
import { added, inParts } from './batch-parts.ts';
import { limitOf, StepTooSlowError, within } from './step-limit.ts';
import type { LossAndGradient, StepRunner } from './step-runner.ts';

/** Where steps are taken, and how many units at once. */
export interface Place {
  readonly device: DeviceId;
  readonly units: number;
}

export interface SturdyOptions {
  /** Where to begin: with whole batches. */
  readonly place: Place;
  readonly open: (place: Place) => Promise<StepRunner>;
  /** Tells a person what had to be changed. */
  readonly note: (text: string) => void;
  readonly clock: Clock;
  /** Longest time of a run in ms, from what those before took; as `limitOf` unless said. */
  readonly limit?: (took: readonly number[]) => number;
}

const subject = 'training';
const remembered = 50;
/** Vectors as long as the parameters that a step of the optimiser and a checkpoint take. */
const vectorsBetween = 16;
const tooLarge =
  'There is not enough memory for a single image; use smaller images or another backbone, or close other programs.';

/**
 * Takes steps whatever becomes of the device: where memory does not suffice for a batch, in parts whose gradients are
 * added up; where the device fails, on the processor. What it cannot help is thrown as a ProblemError, in finite time.
 */
export class SturdyRunner implements StepRunner {
  readonly #options: SturdyOptions;
  /** How long the last runs took, in ms. */
  #took: readonly number[] = [];
  #place: Place;
  #runner: StepRunner | null = null;
  /** What a person is to be told as soon as it is known to work. */
  #note: string | null = null;

  constructor(options: SturdyOptions) {
    this.#options = options;
    this.#place = options.place;
  }

  get place(): Place {
    return this.#place;
  }

  /** A step that failed is done again from the same feeds: nothing that is learned from gets lost. */
  async run(feeds: Tensors): Promise<LossAndGradient> {
    for (;;) {
      try {
        const found = await this.#attempt(feeds);
        if (this.#note !== null) this.#options.note(this.#note);
        this.#note = null;
        return found;
      } catch (error) {
        this.#note = this.#giveWay(error);
        await this.close();
      }
    }
  }

  async close(): Promise<void> {
    const runner = this.#runner;
    this.#runner = null;
    // A device that is lost may not let go either.
    await runner?.close().catch(() => undefined);
  }

  async #attempt(feeds: Tensors): Promise<LossAndGradient> {
    const sizes = { batch: this.#options.place.units, units: this.#place.units };
    let sum: LossAndGradient | null = null;
    for (const part of inParts(feeds, sizes)) {
      const found = await this.#timed(part);
      sum = sum === null ? found : added(sum, found);
    }
    return must(sum, 'a batch has parts');
  }

  async #timed(feeds: Tensors): Promise<LossAndGradient> {
    const { clock, limit = limitOf } = this.#options;
    const startedAt = clock();
    const found = await within(limit(this.#took), this.#runOnce(feeds));
    this.#took = [...this.#took.slice(1 - remembered), clock() - startedAt];
    return found;
  }

  async #runOnce(feeds: Tensors): Promise<LossAndGradient> {
    const reserve = this.#reserve(feeds);
    try {
      this.#runner ??= await this.#options.open(this.#place);
      return await this.#runner.run(feeds);
    } finally {
      reserve?.transfer(0);
    }
  }

  /**
   * Where memory is scarce, a run must leave some of it for what comes between steps: the optimiser's vectors and
   * checkpoints.
   */
  #reserve({ parameters }: Tensors): ArrayBuffer | null {
    const isScarce = this.#place.units < this.#options.place.units;
    if (!isScarce || parameters === undefined) return null;
    try {
      return new ArrayBuffer(vectorsBetween * 4 * parameters.size);
    } catch {
      throw new OutOfMemoryError(subject);
    }
  }

  /** Finds another place after a failure → what to tell about it. Throws where there is none. */
  #giveWay(error: unknown): string {
    const { batch, device, units } = { ...this.#place, batch: this.#options.place.units };
    const isTooLarge = error instanceof OutOfMemoryError;
    if (error instanceof StepTooSlowError || (device === 'cpu' && !isTooLarge)) throw error;
    this.#took = [];
    if (isTooLarge && units > 1) {
      this.#place = { device, units: Math.ceil(units / 2) };
      return `There was not enough memory for ${batch} images at once; it goes on with ${this.#place.units} at a time.`;
    }
    if (device === 'cpu') throw new ProblemError(problem('crashed', subject, tooLarge));
    this.#place = { device: 'cpu', units: batch };
    const reason = error instanceof ProblemError ? error.problem.reason : String(error);
    return `The device ${device} failed, and the processor went on. ${reason}`;
  }
}
