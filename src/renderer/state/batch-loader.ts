interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

export interface BatchOptions<T> {
  /** Fetches many at once; answers in any order, may leave some out. */
  readonly fetch: (ids: string[]) => Promise<readonly T[]>;
  readonly idOf: (item: T) => string;
  readonly maxBatch: number;
  /** How long to gather before asking. */
  readonly gatherMs: number;
}

/** Gathers requests for single things and asks for them together. What was aborted meanwhile is not asked for. */
export class BatchLoader<T> {
  readonly #options: BatchOptions<T>;
  readonly #waiting = new Map<string, Waiting<T>[]>();
  #isScheduled = false;

  constructor(options: BatchOptions<T>) {
    this.#options = options;
  }

  /** Rejects when the thing does not exist (any more) or the signal aborts. */
  load(id: string, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const waiting = { resolve, reject };
      this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), waiting]);
      signal.addEventListener('abort', () => {
        this.#drop(id, waiting);
        reject(signal.reason);
      });
      if (this.#isScheduled) return;
      this.#isScheduled = true;
      setTimeout(() => this.#flush(), this.#options.gatherMs);
    });
  }

  #drop(id: string, waiting: Waiting<T>): void {
    const left = this.#waiting.get(id)?.filter((other) => other !== waiting) ?? [];
    if (left.length === 0) this.#waiting.delete(id);
    else this.#waiting.set(id, left);
  }

  #flush(): void {
    this.#isScheduled = false;
    const all = [...this.#waiting];
    this.#waiting.clear();
    for (let start = 0; start < all.length; start += this.#options.maxBatch) {
      void this.#fetch(new Map(all.slice(start, start + this.#options.maxBatch)));
    }
  }

  async #fetch(batch: Map<string, Waiting<T>[]>): Promise<void> {
    try {
      for (const item of await this.#options.fetch([...batch.keys()])) {
        const id = this.#options.idOf(item);
        for (const { resolve } of batch.get(id) ?? []) resolve(item);
        batch.delete(id);
      }
      for (const [id, left] of batch) for (const { reject } of left) reject(new Error(`${id} is gone.`));
    } catch (error) {
      for (const left of batch.values()) for (const { reject } of left) reject(error);
    }
  }
}
