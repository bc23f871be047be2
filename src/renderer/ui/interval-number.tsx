import type { ReactNode } from 'react';
import styles from './interval-number.module.css';

export interface IntervalNumberProps {
  readonly value: string;
  readonly low: string;
  readonly high: string;
  /** What the interval means, on hover. */
  readonly hint?: string;
}

/** An estimate with how sure it is: `96.2 % [95.1–97.0]`. */
export function IntervalNumber({ value, low, high, hint }: IntervalNumberProps): ReactNode {
  return (
    <span className={styles.number} title={hint}>
      {value}
      <span className={styles.interval}>
        [{low}–{high}]
      </span>
    </span>
  );
}
