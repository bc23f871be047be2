import { must } from '#base/assert.ts';
import { problem, ProblemError } from '#base/problem.ts';

/** Of the first step, in which devices compile their programs; and the shortest of later ones. */
const firstMs = 600_000;
const shortestMs = 60_000;
const timesMedian = 10;

/** A step does not end. */
export class StepTooSlowError extends ProblemError {
  constructor(limitMs: number) {
    const seconds = Math.round(limitMs / 1000);
    const reason = `A training step did not end within ${seconds} s; choose another device, then go on.`;
    super(problem('crashed', 'training', reason));
  }
}

/** How long a step may take, in ms, after others that took so long: ten times their median, and at least a minute. */
export function limitOf(tookMs: readonly number[]): number {
  if (tookMs.length === 0) return firstMs;
  const sorted = tookMs.toSorted((a, b) => a - b);
  return Math.max(shortestMs, timesMedian * must(sorted[sorted.length >> 1], 'a median'));
}

/** Passes on what comes within the limit; rejects with a StepTooSlowError otherwise. */
export function within<Value>(limitMs: number, value: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    // A computer that slept meanwhile has spent a single tick.
    const ticks = 20;
    let left = ticks;
    const timer = setInterval(() => {
      left--;
      if (left === 0) reject(new StepTooSlowError(limitMs));
    }, limitMs / ticks);
    void value.then(resolve, reject).finally(() => clearInterval(timer));
  });
}
