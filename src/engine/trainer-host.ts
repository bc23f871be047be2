import { assert, must } from '#base/assert.ts';
import type { Dispose } from '#base/emitter.ts';
import { problem, ProblemError } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { JobStep } from '#contract/job.ts';
import type {
  DeviceTrial,
  FromTrainer,
  HeadResult,
  Judgement,
  TrainerJob,
  TuneResult,
} from '#contract/trainer.ts';
import type { EpochMeasure, TuneProgress } from '#contract/training.ts';
import { PixelPump, type PixelBatch } from './pixel-pump.ts';
import { TrainerProcess } from './trainer-process.ts';

// The training process as the engine's services see it: a job goes in, its outcome comes out. Each call starts a
// process of its own and ends it, whatever happens.

export interface TrainerOptions {
  /** Ends the process, within two seconds. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((step: JobStep, done: number, total: number) => void) | undefined;
}

export type JobInput<Kind extends TrainerJob['kind']> = Omit<Extract<TrainerJob, { kind: Kind }>, 'kind'>;

type OutcomeType =
  'rows' | 'backbone' | 'head' | 'applied' | 'judged' | 'training' | 'epoch' | 'note' | 'tuned' | 'device';
type Outcome<Type extends OutcomeType = OutcomeType> = Extract<FromTrainer, { type: Type }>;

/** Embeddings of `count` images, row after row, in the order in which their pixels were given. */
export type EmbeddedRows = Pick<Outcome<'rows'>, 'count' | 'rows'>;
export type BackboneShape = Pick<Outcome<'backbone'>, 'size' | 'dim'>;

/** Turns an ONNX file into a backbone file, after trying it. */
export function inspectBackbone(
  job: JobInput<'inspect'>,
  options?: TrainerOptions,
): Promise<Result<BackboneShape>> {
  return outcomeOf('backbone', runTrainer({ kind: 'inspect', ...job }, noPixels(), options));
}

/** Fits the built-in backbone to `job.count` images and writes its file. */
export function fitBackbone(
  job: JobInput<'fit'>,
  pixels: AsyncIterable<PixelBatch>,
  options?: TrainerOptions,
): Promise<Result<BackboneShape>> {
  return outcomeOf('backbone', runTrainer({ kind: 'fit', ...job }, exactly(job.count, pixels), options));
}

/** Embeds `job.count` images; pixels are asked for a few batches ahead. Throws a ProblemError. */
export async function* embed(
  job: JobInput<'embed'>,
  pixels: AsyncIterable<PixelBatch>,
  options?: TrainerOptions,
): AsyncGenerator<EmbeddedRows> {
  let done = 0;
  for await (const outcome of runTrainer({ kind: 'embed', ...job }, exactly(job.count, pixels), options)) {
    assert(outcome.type === 'rows', 'embedding gives rows');
    done += outcome.count;
    options?.onProgress?.('embed', done, job.count);
    yield outcome;
  }
}

/** Trains a head, writes its file, and audits the labels. */
export async function trainHead(
  job: JobInput<'head'>,
  options?: TrainerOptions,
): Promise<Result<HeadResult>> {
  const outcome = await outcomeOf('head', runTrainer({ kind: 'head', ...job }, noPixels(), options));
  return outcome.ok ? ok(outcome.value.result) : outcome;
}

/** Probabilities of rows of a matrix under a stored head: rows × classes. */
export async function applyHead(
  job: JobInput<'apply'>,
  options?: TrainerOptions,
): Promise<Result<Float32Array<ArrayBuffer>>> {
  const outcome = await outcomeOf('applied', runTrainer({ kind: 'apply', ...job }, noPixels(), options));
  return outcome.ok ? ok(outcome.value.probabilities) : outcome;
}

/** Judges labels by predictions that never saw them. */
export async function judgeLabels(
  job: JobInput<'judge'>,
  options?: TrainerOptions,
): Promise<Result<Judgement>> {
  const outcome = await outcomeOf('judged', runTrainer({ kind: 'judge', ...job }, noPixels(), options));
  return outcome.ok ? ok(outcome.value.result) : outcome;
}

/** Trains a few steps on a device, and tells how it did. */
export async function tryDevice(
  job: JobInput<'try-device'>,
  options?: TrainerOptions,
): Promise<Result<DeviceTrial>> {
  const outcome = await outcomeOf('device', runTrainer({ kind: 'try-device', ...job }, noPixels(), options));
  return outcome.ok ? ok(outcome.value.trial) : outcome;
}

export interface TuneOptions extends TrainerOptions {
  readonly onTraining?: ((progress: TuneProgress) => void) | undefined;
  readonly onEpoch?: ((measure: EpochMeasure) => void) | undefined;
  /** Told when something had to be changed on the way. */
  readonly onNote?: ((text: string) => void) | undefined;
}

/** Trains a network, writes it as a backbone and a head, and predicts the held images. */
export async function tuneNetwork(
  job: JobInput<'tune'>,
  options: TuneOptions = {},
): Promise<Result<TuneResult>> {
  const told = telling(runTrainer({ kind: 'tune', ...job }, noPixels(), options), options);
  const outcome = await outcomeOf('tuned', told);
  return outcome.ok ? ok(outcome.value.result) : outcome;
}

async function* telling(outcomes: AsyncIterable<Outcome>, options: TuneOptions): AsyncGenerator<Outcome> {
  for await (const outcome of outcomes) {
    if (outcome.type === 'training') options.onTraining?.(outcome.progress);
    else if (outcome.type === 'epoch') options.onEpoch?.(outcome.measure);
    else if (outcome.type === 'note') options.onNote?.(outcome.text);
    else yield outcome;
  }
}

async function* runTrainer(
  job: TrainerJob,
  pixels: AsyncIterable<PixelBatch>,
  options: TrainerOptions = {},
): AsyncGenerator<Outcome> {
  const trainer = new TrainerProcess({ isQuiet: job.kind === 'try-device' });
  const release = failOnAbort(trainer, job, options.signal);
  const pump = new PixelPump(pixels, (batch) => trainer.send({ type: 'pixels', ...batch }));
  try {
    await trainer.send({ type: 'job', job });
    for (;;) {
      const message = await trainer.next();
      if (message.type === 'done') return;
      if (message.type === 'failed') throw new ProblemError(message.problem);
      if (message.type === 'want') pump.want(message.batches).catch((error: Error) => trainer.fail(error));
      else if (message.type === 'progress') options.onProgress?.(message.step, message.done, message.total);
      else yield message;
    }
  } finally {
    release();
    await Promise.all([trainer.stop(), pump.stop()]);
  }
}

function failOnAbort(trainer: TrainerProcess, job: TrainerJob, signal: AbortSignal | undefined): Dispose {
  const cancel = (): void => {
    trainer.fail(new ProblemError(problem('cancelled', job.kind, 'It was cancelled.')));
  };
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  return () => signal?.removeEventListener('abort', cancel);
}

/** The one outcome of a job, its problem as a value. */
async function outcomeOf<Type extends Outcome['type']>(
  type: Type,
  outcomes: AsyncIterable<Outcome>,
): Promise<Result<Outcome<Type>>> {
  let found: Outcome<Type> | null = null;
  try {
    for await (const outcome of outcomes) {
      if (outcome.type === type) found = outcome as Outcome<Type>;
    }
  } catch (error) {
    if (error instanceof ProblemError) return err(error.problem);
    throw error;
  }
  return ok(must(found, `the job gives its ${type}`));
}

async function* noPixels(): AsyncGenerator<PixelBatch> {}

/** Passes batches on; refuses to end before the promised number of images, for which the trainer would wait. */
async function* exactly(count: number, batches: AsyncIterable<PixelBatch>): AsyncGenerator<PixelBatch> {
  let passed = 0;
  for await (const batch of batches) {
    passed += batch.count;
    yield batch;
  }
  assert(passed === count, `pixels of ${count} images were promised, ${passed} came`);
}
