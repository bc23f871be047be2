import { Skeleton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decide } from '#contract/review.ts';
import { PictureStage } from '../../canvas/picture-stage.tsx';
import { ViewController } from '../../canvas/view-controller.ts';
import { useActions, useClassKeys } from '../../state/actions.ts';
import { useDetail } from '../../state/details.ts';
import { useCanEdit } from '../../state/queries.ts';
import { openImage } from '../../state/view.ts';
import { ClassChip } from '../../ui/class-chip.tsx';
import { CasePanel } from './case-panel.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { usePair } from './pair-text.tsx';
import { decisionFor } from './review-state.ts';
import styles from './review.module.css';
import type { QueueItem } from './use-queue.ts';
import { decide, skip } from './use-sitting.ts';

/** One suspect: the picture, the case against its label, and a key for every answer. */
export function OneByOne({ item }: { readonly item: QueueItem }): ReactNode {
  const { t } = useTranslation();
  const { data: image } = useDetail(item.image);
  const [controller] = useState(() => new ViewController());
  const pair = usePair(item);
  useDecisions(item);
  return (
    <div className={styles.one}>
      <section className={styles.suspect}>
        <p className={styles.question}>
          <span className={styles.dim}>{t('review.labelledAs')}</span>
          <strong>
            <ClassChip {...pair.given} />
          </strong>
          <span className={styles.dim}>{t('review.looksLike')}</span>
          <strong>
            <ClassChip {...pair.suggested} isPredicted />
          </strong>
        </p>
        <div className={styles.picture}>
          {image === undefined ? (
            <Skeleton className={styles.pictureSkeleton} />
          ) : (
            <PictureStage image={image} controller={controller} />
          )}
        </div>
        <DecisionBar pair={pair} />
      </section>
      <CasePanel item={item} image={image} pair={pair} />
    </div>
  );
}

function useDecisions(item: QueueItem): void {
  const canEdit = useCanEdit();
  const say = (decision: Decide['decision']) => ({
    run: () => void decide([{ unit: item.unit, decision, class: null }]),
    isEnabled: () => canEdit,
  });
  useClassKeys((named) => {
    if (canEdit) void decide([decisionFor(item, named)]);
  });
  useActions({
    'review.accept': say('accepted'),
    'review.keep': say('kept'),
    'review.unsure': say('unsure'),
    'review.skip': () => skip(item.unit),
    'review.open': () => openImage(item.image),
  });
}
