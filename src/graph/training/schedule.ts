export interface Schedule {
  /** Steps in the whole run. */
  readonly steps: number;
  /** Steps until the full rate. */
  readonly warmUp: number;
  readonly rate: number;
}

/**
 * Learning rate of a step, counted from 1: rises linearly to the full rate, then falls along half a cosine to 0
 * (Loshchilov & Hutter 2017).
 */
export function rateAt(step: number, { steps, warmUp, rate }: Schedule): number {
  if (step <= warmUp) return (rate * step) / warmUp;
  const done = (step - warmUp) / Math.max(1, steps - warmUp);
  return (rate * (1 + Math.cos(Math.PI * Math.min(1, done)))) / 2;
}
