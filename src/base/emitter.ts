/** Stops whatever it was returned for. */
export type Dispose = () => void;

/** Broadcasts that something happened; listeners never steer what happens next, not even by throwing. */
export class Emitter<T> {
  readonly #listeners = new Set<(event: T) => void>();
  readonly #onFault: (error: unknown) => void;
  readonly #faulty = new WeakSet<(event: T) => void>();

  /** @param onFault told what a listener threw, the first time only; unless given, it becomes a rejection that nobody handles */
  constructor(onFault: (error: unknown) => void = (error) => void throwLater(error)) {
    this.#onFault = onFault;
  }

  /** Calls `listener` for every later event until disposed. */
  on(listener: (event: T) => void): Dispose {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells every listener, in the order they subscribed. Never throws. */
  emit(event: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.#report(listener, error);
      }
    }
  }

  #report(listener: (event: T) => void, error: unknown): void {
    if (this.#faulty.has(listener)) return;
    this.#faulty.add(listener);
    this.#onFault(error);
  }
}

/** Makes an error count as any other that nobody caught, without stopping whoever calls this. */
async function throwLater(error: unknown): Promise<never> {
  throw error;
}
