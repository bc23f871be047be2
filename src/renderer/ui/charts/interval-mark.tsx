import type { Estimate } from '#contract/estimate.ts';
import { along, type Domain } from './axis.ts';
import styles from './interval-mark.module.css';

export interface IntervalMarkProps {
  readonly estimate: Estimate;
  readonly domain: Domain;
  /** The same in words, for people who cannot see it. */
  readonly label: string;
  /** A value to compare with, drawn as a thin line across. */
  readonly reference?: number;
}

const percent = (value: number): string => `${value.toFixed(2)}%`;

/** A dot with its interval on an axis. As wide as its place; the axis is drawn by `ShareAxis`. */
export function IntervalMark({ estimate, domain, label, reference }: IntervalMarkProps) {
  const { value, low, high } = estimate;
  const [from, to] = [percent(along(domain, low)), percent(along(domain, high))];
  return (
    <svg className={styles.mark} role="img" aria-label={label}>
      <line className={styles.axis} x1="0" x2="100%" y1="50%" y2="50%" />
      {reference !== undefined && (
        <line
          className={styles.reference}
          x1={percent(along(domain, reference))}
          x2={percent(along(domain, reference))}
          y1="0"
          y2="100%"
        />
      )}
      <line className={styles.interval} x1={from} x2={to} y1="50%" y2="50%" />
      <line className={styles.end} x1={from} x2={from} y1="30%" y2="70%" />
      <line className={styles.end} x1={to} x2={to} y1="30%" y2="70%" />
      <circle className={styles.dot} cx={percent(along(domain, value))} cy="50%" r="3.5" />
    </svg>
  );
}
