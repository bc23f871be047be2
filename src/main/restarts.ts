import type { Clock } from '#base/clock.ts';

const windowMs = 60_000;
const maxRestarts = 5;

/** Decides whether something that died is worth another start, or dies whatever we do. */
export class Restarts {
  readonly #clock: Clock;
  #deaths: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Call on each death: false after the fifth within a minute. */
  isWorthAnother(): boolean {
    const now = this.#clock();
    this.#deaths = [...this.#deaths.filter((time) => now - time < windowMs), now];
    return this.#deaths.length < maxRestarts;
  }
}
