import { problem, ProblemError } from '#base/problem.ts';
import { toTrainerSchema, type FromTrainer, type TrainerJob } from '#contract/trainer.ts';
import type { JobContext, PixelBatch } from './job-context.ts';

/** Batches that lie ready while one is computed: the sender decodes and copies meanwhile. */
const batchesAhead = 3;

/** The engine as the trainer sees it: the job that it sends, then pixels when asked for. */
export class Parent implements JobContext {
  readonly #send: (message: FromTrainer) => void;
  readonly #batches: PixelBatch[] = [];
  readonly #startJob: (job: TrainerJob) => void;
  #hasJob = false;
  #wake: () => void = () => {};

  constructor(send: (message: FromTrainer) => void, startJob: (job: TrainerJob) => void) {
    this.#send = send;
    this.#startJob = startJob;
  }

  /** Takes what arrived from the engine. Throws a ProblemError when that is not what was agreed. */
  receive(message: unknown): void {
    const parsed = toTrainerSchema.safeParse(message);
    if (!parsed.success)
      throw new ProblemError(problem('bad-input', 'trainer', 'The message has an unknown form.'));
    if (parsed.data.type === 'pixels') {
      this.#batches.push(parsed.data);
      this.#wake();
      return;
    }
    if (this.#hasJob) throw new ProblemError(problem('busy', 'trainer', 'A trainer process does one job.'));
    this.#hasJob = true;
    this.#startJob(parsed.data.job);
  }

  send(message: FromTrainer): void {
    this.#send(message);
  }

  async *pixels(count: number): AsyncGenerator<PixelBatch> {
    this.send({ type: 'want', batches: batchesAhead });
    for (let received = 0; received < count;) {
      const batch = await this.#nextBatch();
      received += batch.count;
      yield batch;
      this.send({ type: 'want', batches: 1 });
    }
  }

  async #nextBatch(): Promise<PixelBatch> {
    for (;;) {
      const batch = this.#batches.shift();
      if (batch !== undefined) return batch;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
