import type { Estimate } from '#contract/estimate.ts';
import type { Domain } from '../../ui/charts/axis.ts';

/** 97.5th percentile of the normal distribution. */
const z = 1.959964;
/** Fewer labels than this say nothing about whoever gave them. */
export const leastLabels = 10;

/** A share of counted things with its 95 % interval. E. B. Wilson, JASA 22 (1927) 209–212. */
export function wilson(count: number, total: number): Estimate {
  const share = count / total;
  const spread =
    (z * Math.sqrt((share * (1 - share) + (z * z) / (4 * total)) / total)) / (1 + (z * z) / total);
  const centre = (share + (z * z) / (2 * total)) / (1 + (z * z) / total);
  return { value: share, low: Math.max(0, centre - spread), high: Math.min(1, centre + spread) };
}

export interface Counted {
  readonly id: string;
  readonly name: string;
  readonly labels: number;
  readonly suspects: number;
}

export type Comparison = 'above' | 'below' | 'unclear' | 'tooFew';

export interface SuspectShare extends Counted {
  /** Null where there are too few labels. */
  readonly share: Estimate | null;
  readonly comparison: Comparison;
}

/**
 * How the share of suspects in one part compares with the rest: told apart only where the 95 % interval of their
 * difference leaves out zero (R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10).
 */
function compare(part: Counted, all: Pick<Counted, 'labels' | 'suspects'>): Comparison {
  const rest = { labels: all.labels - part.labels, suspects: all.suspects - part.suspects };
  if (rest.labels < leastLabels) return 'unclear';
  const here = wilson(part.suspects, part.labels);
  const there = wilson(rest.suspects, rest.labels);
  const difference = here.value - there.value;
  const low = difference - Math.hypot(here.value - here.low, there.high - there.value);
  const high = difference + Math.hypot(here.high - here.value, there.value - there.low);
  if (low > 0) return 'above';
  return high < 0 ? 'below' : 'unclear';
}

/** Shares of suspects by part (annotator, source), largest first; parts without labels are left out. */
export function suspectShares(parts: readonly Counted[]): SuspectShare[] {
  const known = parts.filter(({ labels }) => labels > 0);
  const all = {
    labels: known.reduce((sum, { labels }) => sum + labels, 0),
    suspects: known.reduce((sum, { suspects }) => sum + suspects, 0),
  };
  return known
    .map((part): SuspectShare => {
      if (part.labels < leastLabels) return { ...part, share: null, comparison: 'tooFew' };
      return { ...part, share: wilson(part.suspects, part.labels), comparison: compare(part, all) };
    })
    .sort((a, b) => (b.share?.value ?? -1) - (a.share?.value ?? -1));
}

const axisEnds = [0.05, 0.1, 0.2, 0.5];

/** An axis from nothing to the first round share that holds every interval. */
export function shareAxis(shares: readonly Pick<SuspectShare, 'share'>[]): Domain {
  const most = Math.max(0, ...shares.map(({ share }) => share?.high ?? 0));
  return { from: 0, to: axisEnds.find((end) => most <= end) ?? 1 };
}
