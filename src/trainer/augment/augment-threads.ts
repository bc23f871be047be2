import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { must } from '#base/assert.ts';
import { entryUrl } from '#base/entry.ts';
import { ProblemError } from '#base/problem.ts';
import type { AugmentAnswer, AugmentRequest, AugmentWork } from './augment-message.ts';

/** The device needs the other cores, or is fed by a few: one varies thousands of images a second. */
const threadCount = Math.min(4, Math.max(1, Math.floor(availableParallelism() / 4)));

interface Waiting {
  readonly resolve: (pixels: Uint8Array) => void;
  readonly reject: (cause: Error) => void;
}

/** Reads images and varies them in threads, one batch in each at a time. */
export class AugmentThreads {
  readonly #workers: readonly Worker[];
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  #failure: Error | null = null;

  /** Starts the threads. Whatever goes wrong in one of them fails what was asked for and all that is asked after. */
  constructor(work: AugmentWork) {
    this.#workers = Array.from({ length: threadCount }, () => this.#start(work));
  }

  /** Variants of images, which depend on the seed of the run and on `first` only, not on the thread that makes them. */
  async read(positions: Int32Array, into: Uint8Array, first: number): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    const call = this.#calls++;
    const worker = must(this.#workers[call % this.#workers.length], 'there is a thread');
    const pixels = await new Promise<Uint8Array>((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      // A copy: a part of a larger array would travel with all of it.
      worker.postMessage({ call, positions: positions.slice(), first } satisfies AugmentRequest);
    });
    into.set(pixels);
  }

  /** Ends the threads; what waits for them fails. */
  async close(): Promise<void> {
    this.#fail(new Error('The threads that vary images were ended.'));
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start(work: AugmentWork): Worker {
    const worker = new Worker(new URL(entryUrl(import.meta.url, 'augment')), {
      workerData: work,
      execArgv: [],
    });
    worker.on('message', (answer: AugmentAnswer) => this.#take(answer));
    worker.on('error', (cause: Error) => this.#fail(cause));
    worker.on('exit', () => this.#fail(new Error('A thread that varies images ended.')));
    return worker;
  }

  #take(answer: AugmentAnswer): void {
    const waiting = this.#waiting.get(answer.call);
    this.#waiting.delete(answer.call);
    if ('pixels' in answer) waiting?.resolve(answer.pixels);
    else waiting?.reject(new ProblemError(answer.problem));
  }

  /** The first cause is kept: a thread that fails is told of again when it ends. */
  #fail(cause: Error): void {
    this.#failure ??= cause;
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }
}
