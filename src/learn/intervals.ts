import type { Random } from '#base/random.ts';
import { betaQuantile, normalQuantile } from './special-functions.ts';

/** A number with the interval that holds the truth as often as the confidence says. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const usual = 0.95;

/** Wilson's score interval of a share (Wilson 1927): `successes` of `n` > 0. */
export function wilsonInterval(successes: number, n: number, confidence = usual): Estimate {
  const z = normalQuantile(0.5 + confidence / 2);
  const value = successes / n;
  const center = (value + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const reach = (z / (1 + (z * z) / n)) * Math.sqrt((value * (1 - value)) / n + (z * z) / (4 * n * n));
  return {
    value,
    low: successes === 0 ? 0 : center - reach,
    high: successes === n ? 1 : center + reach,
  };
}

/** The exact interval of a share (Clopper and Pearson 1934), never too narrow: `successes` of `n` > 0. */
export function clopperPearsonInterval(successes: number, n: number, confidence = usual): Estimate {
  const rest = (1 - confidence) / 2;
  return {
    value: successes / n,
    low: successes === 0 ? 0 : betaQuantile(rest, successes, n - successes + 1),
    high: successes === n ? 1 : betaQuantile(1 - rest, successes + 1, n - successes),
  };
}

/**
 * Interval of the mean of independent estimates from their own intervals (MOVER: Zou and Donner 2008). Unlike a
 * bootstrap it does not shrink to nothing where every share is 0 or 1.
 */
export function meanInterval(parts: readonly Estimate[]): Estimate {
  const count = parts.length;
  const value = parts.reduce((sum, part) => sum + part.value, 0) / count;
  const below = Math.hypot(...parts.map((part) => part.value - part.low)) / count;
  const above = Math.hypot(...parts.map((part) => part.high - part.value)) / count;
  return { value, low: value - below, high: value + above };
}

/**
 * Percentile bootstrap of a statistic: `draw` computes it on one resample.
 * @param value the statistic on the data as they are
 */
function bootstrapInterval(
  value: number,
  draw: (random: Random) => number,
  options: { readonly random: Random; readonly resamples?: number; readonly confidence?: number },
): Estimate {
  const { random, resamples = 1000, confidence = usual } = options;
  const draws = Float64Array.from({ length: resamples }, () => draw(random)).sort();
  return {
    value,
    low: quantile(draws, (1 - confidence) / 2),
    high: quantile(draws, (1 + confidence) / 2),
  };
}

/** Bootstrap of the mean of `values`. */
export function bootstrapMean(values: ArrayLike<number>, random: Random): Estimate {
  const count = values.length;
  let total = 0;
  for (let i = 0; i < count; i++) total += values[i] as number;
  const draw = (): number => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += values[random.int(count)] as number;
    return sum / count;
  };
  return bootstrapInterval(total / count, draw, { random });
}

/** Linear interpolation between order statistics. */
export function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (position - below) * (high - low);
}
