import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Inspector } from './inspector.tsx';
import styles from './inspector-panel.module.css';

const storageKey = 'inspector-width';
const limits = { min: 240, max: 560, start: 300 };

function clamp(width: number): number {
  return Math.min(limits.max, Math.max(limits.min, width));
}

/** The right panel with its splitter, which remembers where it was left. */
export function InspectorPanel(): ReactNode {
  const { t } = useTranslation();
  const [width, setWidth] = useState(() => clamp(Number(localStorage.getItem(storageKey)) || limits.start));
  const drag = useRef<{ x: number; width: number } | null>(null);
  const resize = (next: number): void => {
    setWidth(clamp(next));
    localStorage.setItem(storageKey, String(clamp(next)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: 16, ArrowRight: -16 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    resize(width + step);
  };
  return (
    <aside className={styles.panel} style={{ width }} aria-label={t('app.inspector.title')}>
      <div
        className={styles.splitter}
        role="separator"
        tabIndex={0}
        aria-label={t('app.inspector.resize')}
        aria-orientation="vertical"
        aria-valuenow={width}
        aria-valuemin={limits.min}
        aria-valuemax={limits.max}
        onKeyDown={onKeyDown}
        onPointerDown={(event: PointerEvent<HTMLDivElement>) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { x: event.clientX, width };
        }}
        onPointerMove={(event) => {
          if (drag.current !== null) resize(drag.current.width + drag.current.x - event.clientX);
        }}
        onPointerUp={() => (drag.current = null)}
      />
      <div className={styles.content}>
        <Inspector />
      </div>
    </aside>
  );
}
