import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageDetail } from '#contract/images.ts';
import type { ClassId } from '#core/ids.ts';
import { formatDecimal, formatTime } from '../../i18n/format.ts';
import { pictureUrl } from '../../state/picture-url.ts';
import { useClassMap, useProject } from '../../state/queries.ts';
import { openImage } from '../../state/view.ts';
import { ClassChip } from '../../ui/class-chip.tsx';
import { ReasonList, SentenceText, type ClassPair } from '../../ui/reason-list.tsx';
import { sureness } from '../../ui/reason-sentences.ts';
import { Thumbnail } from '../../ui/thumbnail.tsx';
import { PairText } from './pair-text.tsx';
import styles from './review.module.css';
import { neighbourCount, neighbourOptions, type QueueItem } from './use-queue.ts';

export interface CasePanelProps {
  readonly item: QueueItem;
  readonly image: ImageDetail | undefined;
  readonly pair: ClassPair;
}

/** Everything that speaks for and against a label: reasons in words, neighbours of both classes, who gave it. */
export function CasePanel({ item, image, pair }: CasePanelProps): ReactNode {
  const { t } = useTranslation();
  return (
    <aside className={styles.case}>
      <section className={styles.part}>
        <h2 className={styles.partTitle}>{t('review.case')}</h2>
        <p className={styles.sure}>
          <SentenceText sentence={sureness(item)} pair={pair} />
        </p>
        <ReasonList reasons={item.reasons} pair={pair} />
      </section>
      <Nearest item={item} of={item.suggested} shown={pair.suggested} />
      <Nearest item={item} of={item.given} shown={pair.given} />
      {image !== undefined && <Who image={image} />}
    </aside>
  );
}

interface NearestProps {
  readonly item: QueueItem;
  readonly of: ClassId;
  readonly shown: ClassPair['given'];
}

function Nearest({ item, of, shown }: NearestProps): ReactNode {
  const { t } = useTranslation();
  const { data } = useQuery(neighbourOptions(item.image, of));
  return (
    <section className={styles.part}>
      <h2 className={styles.partTitle}>
        <PairText text="review.nearest" pair={{ given: shown, suggested: shown }} />
      </h2>
      {data?.length === 0 && <p className={styles.dim}>{t('review.noNearest')}</p>}
      <div className={styles.nearest}>
        {data === undefined &&
          Array.from({ length: neighbourCount }, (_, at) => (
            <Skeleton key={at} className={styles.neighbour} />
          ))}
        {data?.map((other) => {
          const similarity = t('review.similarity', { value: formatDecimal(other.similarity, 2) });
          return (
            <button
              key={other.id}
              type="button"
              className={styles.neighbour}
              title={similarity}
              aria-label={`${shown.name}, ${similarity}`}
              onClick={() => openImage(other.id)}
            >
              <Thumbnail src={pictureUrl(other.id, 'thumbnail', other.hash)} alt="" />
            </button>
          );
        })}
      </div>
    </section>
  );
}

function Who({ image }: { readonly image: ImageDetail }): ReactNode {
  const { t } = useTranslation();
  const { data: project } = useProject();
  const classes = useClassMap();
  const nameOf = (id: string) => project?.annotators.find((annotator) => annotator.id === id)?.name ?? id;
  const { given, labels } = image;
  if (given === null) return null;
  const others = labels.filter(({ id }) => id !== given.id);
  return (
    <section className={styles.part}>
      <p className={styles.dim}>
        {t('review.who', { name: nameOf(given.annotator), time: formatTime(given.time) })}
      </p>
      {others.map((label) => {
        const shown = classes.get(label.class);
        return (
          <p key={label.id} className={styles.dim} title={formatTime(label.time)}>
            {t('review.whoOthers')} {nameOf(label.annotator)}:{' '}
            {shown !== undefined && <ClassChip name={shown.name} colour={shown.colour} />}
          </p>
        );
      })}
    </section>
  );
}
