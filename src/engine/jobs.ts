import type { Clock } from '#base/clock.ts';
import { problem, type Problem } from '#base/problem.ts';
import type { Result } from '#base/result.ts';
import type { Job, JobKind, JobStep, Skipped } from '#contract/job.ts';
import { problemIn } from './problem-in.ts';

/** What a finished job tells in numbers and names. */
export type Summary = Job['summary'];

/** What the body of a job gets: how to report, and when to stop. */
export interface JobHandle {
  readonly id: string;
  readonly signal: AbortSignal;
  /** `total` is 0 while unknown. */
  progress(step: JobStep, done: number, total: number): void;
  /** Lists a file that was left out. */
  skip(skipped: Skipped): void;
}

/** The work of a job. Cancellation is honoured by watching the signal. */
export type JobBody = (job: JobHandle) => Promise<Result<Summary>>;

export interface JobQueueOptions {
  readonly clock: Clock;
  readonly newId: () => string;
  /** Told about every change worth showing, at most ten times a second while a job runs. */
  readonly onChange: (job: Job) => void;
}

interface Entry {
  job: Job;
  readonly body: JobBody;
  readonly abort: AbortController;
  readonly skipped: Skipped[];
  readonly finished: Promise<Job>;
  readonly finish: (job: Job) => void;
}

const kept = 20;
const progressEveryMs = 100;

/** Runs one heavy job at a time, in the order they were asked for. */
export class JobQueue {
  readonly #options: JobQueueOptions;
  readonly #entries = new Map<string, Entry>();
  #running: Promise<void> = Promise.resolve();

  constructor(options: JobQueueOptions) {
    this.#options = options;
  }

  /** Queues a job and returns its id at once. What runs in the background gives way to it. */
  start(kind: JobKind, body: JobBody, { isBackground = false } = {}): string {
    if (!isBackground) for (const job of this.list()) if (job.isBackground) this.cancel(job.id);
    const id = this.#options.newId();
    const { promise, resolve } = Promise.withResolvers<Job>();
    const job: Job = {
      id,
      kind,
      isBackground,
      state: 'waiting',
      step: 'waiting',
      done: 0,
      total: 0,
      startedAt: null,
      finishedAt: null,
      summary: {},
      skippedCount: 0,
      problem: null,
    };
    const entry: Entry = {
      job,
      body,
      abort: new AbortController(),
      skipped: [],
      finished: promise,
      finish: resolve,
    };
    this.#entries.set(id, entry);
    this.#forgetOld();
    this.#change(entry, {});
    this.#running = this.#running.then(() => this.#run(entry));
    return id;
  }

  /** Newest first. */
  list(): Job[] {
    return [...this.#entries.values()].map((entry) => entry.job).reverse();
  }

  /** Whether any job waits or runs. */
  get isBusy(): boolean {
    return this.list().some((job) => job.finishedAt === null);
  }

  /** Whether a job of this kind waits or runs. */
  isActive(kind: JobKind): boolean {
    return this.list().some(
      (job) => job.kind === kind && (job.state === 'waiting' || job.state === 'running'),
    );
  }

  /** Asks a job to stop, which one that waits does at once; false when it is not there or has ended. */
  cancel(id: string): boolean {
    const entry = this.#entries.get(id);
    if (!entry || entry.job.finishedAt !== null) return false;
    entry.abort.abort();
    if (entry.job.state === 'waiting') this.#end(entry, { state: 'cancelled' });
    return true;
  }

  /** The files a job left out. */
  skipped(id: string): readonly Skipped[] {
    return this.#entries.get(id)?.skipped ?? [];
  }

  /** The job as it ended; null when there is none of that id. */
  async finished(id: string): Promise<Job | null> {
    return (await this.#entries.get(id)?.finished) ?? null;
  }

  /** Cancels everything and waits until nothing runs. */
  async cancelAll(): Promise<void> {
    for (const id of this.#entries.keys()) this.cancel(id);
    await this.#running;
  }

  async #run(entry: Entry): Promise<void> {
    if (entry.job.finishedAt !== null) return;
    this.#change(entry, { state: 'running', step: 'starting', startedAt: this.#options.clock() });
    this.#end(entry, await this.#outcome(entry));
  }

  #end(entry: Entry, outcome: Partial<Job>): void {
    this.#change(entry, { ...outcome, finishedAt: this.#options.clock() });
    entry.finish(entry.job);
  }

  async #outcome(entry: Entry): Promise<Partial<Job>> {
    const failed = (cause: Problem): Partial<Job> => {
      const isCancelled = entry.abort.signal.aborted || cause.code === 'cancelled';
      return isCancelled ? { state: 'cancelled' } : { state: 'failed', problem: cause };
    };
    try {
      const result = await entry.body(this.#handle(entry));
      return result.ok ? { state: 'done', summary: result.value } : failed(result.error);
    } catch (error) {
      return failed(problemIn(error, entry.job.kind) ?? crash(error, entry.job.kind));
    }
  }

  #handle(entry: Entry): JobHandle {
    let toldAt = -Infinity;
    return {
      id: entry.job.id,
      signal: entry.abort.signal,
      progress: (step, done, total) => {
        const now = this.#options.clock();
        const isDue = step !== entry.job.step || now - toldAt >= progressEveryMs;
        entry.job = { ...entry.job, step, done, total };
        if (!isDue) return;
        toldAt = now;
        this.#change(entry, {});
      },
      skip: (skipped) => {
        entry.skipped.push(skipped);
        entry.job = { ...entry.job, skippedCount: entry.skipped.length };
      },
    };
  }

  #change(entry: Entry, change: Partial<Job>): void {
    entry.job = { ...entry.job, ...change };
    this.#options.onChange(entry.job);
  }

  #forgetOld(): void {
    const ended = [...this.#entries.values()].filter((entry) => entry.job.finishedAt !== null);
    for (const entry of ended.slice(0, Math.max(0, ended.length - kept))) this.#entries.delete(entry.job.id);
  }
}

function crash(error: unknown, kind: JobKind): Problem {
  return problem('crashed', kind, error instanceof Error ? error.message : String(error));
}
