import type { ReactNode } from 'react';
import type { Estimate } from '#contract/estimate.ts';
import { formatDecimal, formatPercent } from '../../i18n/format.ts';
import { IntervalNumber } from '../interval-number.tsx';

/** A share with its interval: `96.2 % [95.1–97.0]`. */
export function ShareEstimate({
  estimate,
  hint,
}: {
  readonly estimate: Estimate;
  readonly hint: string;
}): ReactNode {
  return (
    <IntervalNumber
      value={formatPercent(estimate.value, 1)}
      low={formatDecimal(estimate.low * 100, 1)}
      high={formatDecimal(estimate.high * 100, 1)}
      hint={hint}
    />
  );
}

/** The same as a plain text, to be read aloud. */
export function shareText({ value, low, high }: Estimate): string {
  return `${formatPercent(value, 1)} [${formatDecimal(low * 100, 1)}–${formatDecimal(high * 100, 1)}]`;
}
