import type { SQLInputValue } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import type { FromQueries, Row, ToQueries } from './query-message.ts';
import { startThread } from './start-thread.ts';

interface Waiting {
  readonly resolve: (piece: Piece) => void;
  readonly reject: (cause: Error) => void;
}

type Piece = Extract<FromQueries, { rows: unknown }>;

/**
 * A connection to a project in a thread of its own, to read only. It is started by the first query, and once more by
 * the next one if it died. It keeps the program running only while somebody waits for it.
 */
export class QueryThread {
  readonly #folder: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #calls = 0;
  #isClosed = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The rows of a query. They come in pieces, each in a turn of the event loop of its own. */
  async all(sql: string, parameters: readonly SQLInputValue[]): Promise<Row[]> {
    const call = ++this.#calls;
    const rows: Row[] = [];
    let piece = await this.#ask({ call, sql, parameters });
    for (;;) {
      for (const row of piece.rows) rows.push(row);
      if (piece.isLast) return rows;
      piece = await this.#ask({ call, sql: null });
    }
  }

  /** Ends the thread; what waits for it fails. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
  }

  #ask(message: ToQueries): Promise<Piece> {
    if (this.#isClosed) return Promise.reject(new Error('The project is closed.'));
    this.#worker ??= this.#start();
    const worker = this.#worker;
    worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(message.call, { resolve, reject });
      worker.postMessage(message);
    });
  }

  #start(): Worker {
    const worker = startThread({ kind: 'queries', folder: this.#folder });
    worker.on('message', (message: FromQueries) => this.#take(message));
    worker.on('error', (cause) => this.#ended(worker, cause));
    worker.on('exit', () => this.#ended(worker, new Error('The thread that reads the project ended.')));
    return worker;
  }

  #take(message: FromQueries): void {
    const waiting = this.#waiting.get(message.call);
    this.#waiting.delete(message.call);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if ('rows' in message) waiting?.resolve(message);
    else waiting?.reject(Object.assign(new Error(message.failure.message), message.failure));
  }

  /** Told twice when it failed: of the failure and of the end, when there may be another one already. */
  #ended(worker: Worker, cause: Error): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of all) reject(cause);
  }
}
