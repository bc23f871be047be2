import IconChevronRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import { useState, type ReactNode } from 'react';
import styles from './tune-panel.module.css';

/** Settings that few people need, folded away until their title is pressed. */
export function Fold({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles.fold} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <IconChevronRight size={16} stroke={1.6} aria-hidden />
        {title}
      </summary>
      {isOpen && <div className={styles.folded}>{children}</div>}
    </details>
  );
}
