import type { Domain } from './axis.ts';

const roundSteps = [1, 2, 2.5, 5, 10];

/** Marks from 0 to the first round number that is not below the largest value: four to six of them. */
export function niceTicks(largest: number): readonly number[] {
  if (!(largest > 0)) return [0, 1];
  const rough = largest / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (roundSteps.find((each) => each * power >= rough * (1 - 1e-9)) ?? 10);
  const count = Math.ceil(largest / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(6)));
}

const wholeSteps = [1, 2, 5, 10, 20, 50, 100, 200];

/** Marks of whole numbers from 0 to the first that is not below the largest value: at most eight of them. */
export function wholeTicks(largest: number): readonly number[] {
  const step = wholeSteps.find((each) => largest / each <= 6) ?? 500;
  return Array.from({ length: Math.max(1, Math.ceil(largest / step)) + 1 }, (_, at) => at * step);
}

/** The axis that marks span, up to where it is cut. */
export function domainOf({
  ticks,
  to,
}: {
  readonly ticks: readonly number[];
  readonly to?: number | undefined;
}): Domain {
  return { from: ticks[0] ?? 0, to: to ?? ticks.at(-1) ?? 1 };
}

/** Places along an axis with at least `gap` between two, each as near to where it wants to be as that allows. */
export function spreadOut(places: readonly number[], gap: number): readonly number[] {
  const order = [...places.keys()].sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const spread = [...places];
  let last = -Infinity;
  for (const at of order) {
    last = Math.max(places[at] ?? 0, last + gap);
    spread[at] = last;
  }
  return spread;
}
