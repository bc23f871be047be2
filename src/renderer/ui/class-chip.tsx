import type { ReactNode } from 'react';
import styles from './class-chip.module.css';

export interface ClassChipProps {
  readonly name: string;
  readonly colour: string;
  /** Hollow: predicted, nobody has said so. */
  readonly isPredicted?: boolean;
  /** A word of a sentence, which may break within it but not before the full stop that follows. */
  readonly isInText?: boolean;
}

/** A class by its colour and name. */
export function ClassChip(props: ClassChipProps): ReactNode {
  const { name, colour, isPredicted = false, isInText = false } = props;
  return (
    <span className={isInText ? styles.word : styles.chip} title={name}>
      <ClassDot colour={colour} isPredicted={isPredicted} />
      <span className={styles.name}>{name}</span>
    </span>
  );
}

/** The colour of a class; hollow for a prediction. */
export function ClassDot({
  colour,
  isPredicted = false,
}: Pick<ClassChipProps, 'colour' | 'isPredicted'>): ReactNode {
  const style = isPredicted ? { borderColor: colour } : { borderColor: colour, background: colour };
  return <span className={styles.dot} style={style} aria-hidden />;
}
