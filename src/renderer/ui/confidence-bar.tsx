import type { ReactNode } from 'react';
import styles from './confidence-bar.module.css';

export interface ConfidenceBarProps {
  readonly label: string;
  readonly colour: string;
  /** 0–1. */
  readonly value: number;
  /** The value in words. */
  readonly text: string;
  /** Drawn filled: this is also the given class. */
  readonly isGiven?: boolean;
}

/** How likely one class is, as a named bar. */
export function ConfidenceBar({
  label,
  colour,
  value,
  text,
  isGiven = false,
}: ConfidenceBarProps): ReactNode {
  return (
    <div className={styles.row}>
      <span className={styles.label} title={label} data-given={isGiven || undefined}>
        {label}
      </span>
      <span className={styles.track} aria-hidden>
        <span className={styles.fill} style={{ width: `${value * 100}%`, background: colour }} />
      </span>
      <span className={styles.text}>{text}</span>
    </div>
  );
}
