import type { ReactNode } from 'react';
import styles from './inspector-part.module.css';

export interface InspectorPartProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A titled part of the inspector. */
export function InspectorPart({ title, children }: InspectorPartProps): ReactNode {
  return (
    <section className={styles.part}>
      <h3 className={styles.title}>{title}</h3>
      {children}
    </section>
  );
}
