import { Button, SegmentedControl } from '@mantine/core';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format.ts';
import { runAction } from '../../state/actions.ts';
import { useChord } from '../../state/use-chord.ts';
import { useView } from '../../state/view.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import { keepFocus } from './decision-bar.tsx';
import { PairText, usePair } from './pair-text.tsx';
import { useReviewMode } from './review-state.ts';
import styles from './review.module.css';
import type { QueueCounts } from './use-queue.ts';
import { useSitting } from './use-sitting.ts';

/** How far the review is, what the next suspects promise, and what is looked at. */
export function ReviewHeader({ counts }: { readonly counts: QueueCounts | undefined }): ReactNode {
  const { t } = useTranslation();
  const isGrid = useReviewMode((state) => state.isGrid);
  const grid = useChord('review.grid');
  const setGrid = (value: string) => {
    if ((value === 'grid') !== isGrid) runAction('review.grid');
  };
  return (
    <header className={styles.header}>
      {counts !== undefined && <Progress counts={counts} />}
      <span className={styles.grow} />
      <Scope />
      <span className={styles.mode} onMouseDown={keepFocus}>
        <SegmentedControl
          value={isGrid ? 'grid' : 'one'}
          onChange={setGrid}
          data={[
            { value: 'one', label: t('review.one') },
            { value: 'grid', label: t('review.grid') },
          ]}
        />
        {grid !== undefined && <KeyCap chord={grid} />}
      </span>
    </header>
  );
}

function Progress({ counts }: { readonly counts: QueueCounts }): ReactNode {
  const { t } = useTranslation();
  const putOff = useSitting((state) => state.sitting.skipped.length);
  const { waiting, reviewed, fixed, expectedInNext20 } = counts;
  const next = Math.min(20, waiting);
  const wrong = Math.round(expectedInNext20);
  const share = reviewed + waiting === 0 ? 0 : reviewed / (reviewed + waiting);
  const hope =
    wrong < 1 ? t('review.expectedFew', { next }) : t('review.expected', { next, wrong: formatCount(wrong) });
  return (
    <div className={styles.progress}>
      <p className={styles.progressText}>
        <strong>{t('review.progress', { reviewed, fixed })}</strong>
        {next > 0 && <span>{hope}</span>}
        {next > 0 && <span className={styles.dim}>{t('review.waiting', { count: waiting })}</span>}
        {putOff > 0 && <span className={styles.dim}>{t('review.skipped', { count: putOff })}</span>}
      </p>
      <span className={styles.track} aria-hidden>
        <span className={styles.fill} style={{ width: `${share * 100}%` }} />
      </span>
    </div>
  );
}

function Scope(): ReactNode {
  const { t } = useTranslation();
  const { given, suggested } = useView((state) => state.reviewScope);
  if (given === null || suggested === null) return null;
  return (
    <Button
      variant="default"
      size="compact-sm"
      onMouseDown={keepFocus}
      onClick={() => runAction('review.allPairs')}
      title={t('review.action.allPairs')}
      rightSection={<IconX size={14} stroke={1.8} />}
    >
      <span className={styles.decision}>
        <ScopeText given={given} suggested={suggested} />
      </span>
    </Button>
  );
}

function ScopeText(ids: Parameters<typeof usePair>[0]): ReactNode {
  return <PairText text="review.scope" pair={usePair(ids)} />;
}
