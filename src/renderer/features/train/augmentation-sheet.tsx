import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Augmentation, defaultAugmentation } from '#contract/training.ts';
import type { ImageId } from '#core/ids.ts';
import { api } from '../../state/api.ts';
import { useDetail } from '../../state/details.ts';
import { LoadError } from '../../state/load-error.tsx';
import { variantUrl } from '../../state/variant-url.ts';
import styles from './augmentation.module.css';
import { spreadOver } from './spread-over.ts';

export interface AugmentationSheetProps {
  readonly value: Augmentation;
  /** Side of the network's input in pixels: pictures are shown as it sees them. */
  readonly side: number;
}

const rowCount = 4;
const variantCount = 5;
/** While a slider moves, pictures wait this long for it to rest. */
const restMs = 60;

const unchanged: Augmentation = {
  ...{ ...defaultAugmentation, mirror: false, flip: false, crop: 0, rotation: 0, shear: 0, elastic: 0 },
  ...{ brightness: 0, contrast: 0, saturation: 0, pcaColour: 0 },
};

/** Some labelled images of different classes, each as it is and then as training may see it. */
export function AugmentationSheet({ value, side }: AugmentationSheetProps): ReactNode {
  const { t } = useTranslation();
  const [round, setRound] = useState(0);
  const [settings] = useDebouncedValue(value, restMs);
  const input = { filter: { labelled: true }, sort: { by: 'class' } } as const;
  const { data, error, refetch } = useQuery({
    ...api.images.list.queryOptions({ input }),
    placeholderData: keepPreviousData,
    structuralSharing: false,
  });
  if (error !== null) return <LoadError error={error} onRetry={refetch} />;
  const ids = spreadOver(data?.ids ?? [], { count: rowCount, round });
  const isVaried = Object.values(settings).some((part) => part !== false && part !== 0);
  return (
    <section className={styles.sheet} aria-label={t('augmentation.sheet.title')}>
      <header className={styles.sheetHeader}>
        <h3>{t('augmentation.sheet.title')}</h3>
        <Button variant="default" disabled={ids.length === 0} onClick={() => setRound(round + 1)}>
          {t('augmentation.sheet.others')}
        </Button>
      </header>
      {data !== undefined && ids.length === 0 ? (
        <p className={styles.hint}>{t('augmentation.sheet.none')}</p>
      ) : (
        <div className={styles.grid}>
          <span className={styles.columnName}>{t('augmentation.sheet.original')}</span>
          <span className={styles.columnsName}>
            {t(isVaried ? 'augmentation.sheet.variants' : 'augmentation.sheet.unchanged')}
          </span>
          {Array.from({ length: data === undefined ? rowCount : ids.length }, (_, row) => (
            <Row
              key={row}
              id={ids[row] ?? null}
              side={side}
              settings={settings}
              seed={round * 100 + row * 10}
            />
          ))}
        </div>
      )}
    </section>
  );
}

interface RowProps {
  /** Null until it is known. */
  readonly id: ImageId | null;
  readonly side: number;
  readonly settings: Augmentation;
  /** Of the first variant; those after it follow. */
  readonly seed: number;
}

// The elements stay when their addresses change: a browser shows the old picture until the new one is there.
function Row({ id, side, settings, seed }: RowProps): ReactNode {
  const { t } = useTranslation();
  const { data: image } = useDetail(id);
  const name = image?.path ?? '';
  return Array.from({ length: 1 + variantCount }, (_, number) => {
    if (image === undefined) return <div key={number} className={styles.picture} />;
    const look = number === 0 ? { settings: unchanged, seed: 0 } : { settings, seed: seed + number };
    return (
      <img
        key={number}
        className={styles.picture}
        src={variantUrl({ id: image.id, side, ...look }, image.hash)}
        alt={t(number === 0 ? 'augmentation.sheet.originalOf' : 'augmentation.sheet.variantOf', {
          name,
          number,
        })}
        decoding="sync"
        draggable={false}
      />
    );
  });
}
