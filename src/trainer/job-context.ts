import type { FromTrainer, TrainerJob } from '#contract/trainer.ts';

/** Images as they arrive: `count` of size × size × 3 bytes each, row-major RGB. */
export interface PixelBatch {
  readonly count: number;
  readonly pixels: Uint8Array;
}

/** What a job may ask of the process that it runs in. */
export interface JobContext {
  /** Tells the engine something. */
  send(message: FromTrainer): void;
  /** Asks for this many images, batch after batch, a few batches ahead of their use. */
  pixels(count: number): AsyncIterable<PixelBatch>;
}

export type JobOf<Kind extends TrainerJob['kind']> = Extract<TrainerJob, { kind: Kind }>;

/** A job ends when its promise does; what stops it is thrown, a ProblemError where it was to be expected. */
export type JobBody<Kind extends TrainerJob['kind']> = (
  job: JobOf<Kind>,
  context: JobContext,
) => Promise<void>;
