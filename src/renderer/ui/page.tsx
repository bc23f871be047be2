import type { ReactNode } from 'react';
import styles from './page.module.css';

/** A view that is read from top to bottom: data, history, training, audit. */
export function Page({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>{children}</div>
    </div>
  );
}

export interface SectionProps {
  readonly title: string;
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a page. */
export function Section({ title, actions, children }: SectionProps): ReactNode {
  return (
    <section className={styles.section} aria-label={title}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  );
}
