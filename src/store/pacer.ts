import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work after which long work lets the event loop breathe. */
const stretchMs = 12;

/** Tells long work when to let other work of the process run: `if (pacer.isDue()) await pacer.breathe()`. */
export class Pacer {
  #since = performance.now();

  /** Whether the event loop has been held for long enough. */
  isDue(): boolean {
    return performance.now() - this.#since > stretchMs;
  }

  /** Lets everything that waits run once. */
  async breathe(): Promise<void> {
    await setImmediate();
    this.#since = performance.now();
  }
}
