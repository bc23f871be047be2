/** Stops whatever it was returned for. */
export type Dispose = () => void;

/** Broadcasts that something happened; listeners never steer what happens next. */
export class Emitter<T> {
  readonly #listeners = new Set<(event: T) => void>();

  /** Calls `listener` for every later event until disposed. */
  on(listener: (event: T) => void): Dispose {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells every listener, in the order they subscribed. */
  emit(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
