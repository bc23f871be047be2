import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePreferences } from '../../state/preferences.ts';
import styles from './grid-skeleton.module.css';

const shapes = [1.3, 0.8, 1, 1.5, 1, 0.7, 1.2, 1];

/** Grey tiles where the grid is about to be. */
export function GridSkeleton(): ReactNode {
  const { thumbnailSize } = usePreferences();
  return (
    <div className={styles.grid} aria-hidden>
      {Array.from({ length: 64 }, (_, index) => (
        <Skeleton
          key={index}
          className={styles.tile ?? ''}
          height={thumbnailSize}
          style={{ flexBasis: thumbnailSize * (shapes[(index * 5) % shapes.length] ?? 1) }}
        />
      ))}
    </div>
  );
}
