import { Worker } from 'node:worker_threads';
import { entryUrl } from '#base/entry.ts';

/** What a thread of the store is for. */
export interface ThreadWork {
  readonly kind: 'queries' | 'verify';
  /** The project's. */
  readonly folder: string;
}

/** Starts `main.ts` of this layer in a thread. */
export function startThread(work: ThreadWork): Worker {
  return new Worker(new URL(entryUrl(import.meta.url, 'store')), { workerData: work, execArgv: [] });
}
