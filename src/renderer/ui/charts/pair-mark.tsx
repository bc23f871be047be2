import { along, type Domain } from './axis.ts';
import styles from './interval-mark.module.css';

export interface PairMarkProps {
  readonly first: number;
  readonly second: number;
  readonly domain: Domain;
  /** The same in words, for people who cannot see it. */
  readonly label: string;
}

const percent = (value: number): string => `${value.toFixed(2)}%`;

/** Two values on an axis, the first hollow, the second filled. As wide as its place. */
export function PairMark({ first, second, domain, label }: PairMarkProps) {
  const [from, to] = [percent(along(domain, first)), percent(along(domain, second))];
  return (
    <svg className={styles.mark} role="img" aria-label={label}>
      <line className={styles.axis} x1="0" x2="100%" y1="50%" y2="50%" />
      <line className={styles.interval} x1={from} x2={to} y1="50%" y2="50%" />
      <circle className={styles.hollow} cx={from} cy="50%" r="3.5" />
      <circle className={styles.dot} cx={to} cy="50%" r="3.5" />
    </svg>
  );
}
