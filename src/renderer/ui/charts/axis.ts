/** The ends of a chart's axis. */
export interface Domain {
  readonly from: number;
  readonly to: number;
}

/** Where a value lies on an axis, as a percentage of its length, held to the axis. */
export function along({ from, to }: Domain, value: number): number {
  if (to === from) return 0;
  return Math.min(Math.max(((value - from) / (to - from)) * 100, 0), 100);
}

const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5];

/** The smallest round part of 0–1 that holds all values with some room, so that intervals use the axis. */
export function shareDomain(values: readonly number[]): Domain {
  if (values.length === 0) return { from: 0, to: 1 };
  const least = Math.min(...values);
  const from = [0.9, 0.8, 0.5].find((edge) => least >= edge + 0.01) ?? 0;
  return { from, to: 1 };
}

/** Round numbers on an axis, its ends included, at most seven. */
export function ticks({ from, to }: Domain): number[] {
  const span = to - from;
  const step = steps.find((size) => span / size <= 6) ?? span;
  const count = Math.round(span / step);
  return Array.from({ length: count + 1 }, (_, at) => Number((from + at * step).toFixed(6)));
}
