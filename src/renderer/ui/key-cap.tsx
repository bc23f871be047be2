import type { ReactNode } from 'react';
import styles from './key-cap.module.css';

const shown: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: '↵',
  Escape: 'Esc',
  Backspace: '⌫',
  Delete: 'Del',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

/** A chord as people read it; its keys stay on one line. */
export function chordText(chord: string): string {
  const parts = chord.endsWith('++') ? [...chord.slice(0, -2).split('+'), '+'] : chord.split('+');
  return chord === '+' ? '+' : parts.map((part) => shown[part] ?? part).join('\u00a0');
}

/** A key (or chord) drawn as a key cap. */
export function KeyCap({ chord }: { readonly chord: string }): ReactNode {
  return <kbd className={styles.cap}>{chordText(chord)}</kbd>;
}
