import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconChecks from '@tabler/icons-react/dist/esm/icons/IconChecks.mjs';
import IconListSearch from '@tabler/icons-react/dist/esm/icons/IconListSearch.mjs';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { runAction, useActions } from '../../state/actions.ts';
import { api } from '../../state/api.ts';
import { LoadError } from '../../state/load-error.tsx';
import { useProject } from '../../state/queries.ts';
import { useReadiness } from '../../state/train.ts';
import { useChord } from '../../state/use-chord.ts';
import { openReview, useView } from '../../state/view.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { chordText, KeyCap } from '../../ui/key-cap.tsx';
import { OneByOne } from './one-by-one.tsx';
import { PairGrid } from './pair-grid.tsx';
import { ReviewHeader } from './review-header.tsx';
import { useReviewMode } from './review-state.ts';
import styles from './review.module.css';
import { useAhead, useQueue, type Queue } from './use-queue.ts';

/** The labels that are probably wrong, most suspect first, each decided with one key. */
export function Review(): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  const queue = useQueue();
  const { data: project } = useProject();
  const hasModel = Boolean(project?.model);
  useAhead(queue.items.slice(1, 3));
  useScopeActions(queue);

  // The keys belong to the suspect, not to the button that led here.
  useEffect(() => root.current?.focus(), []);

  return (
    <div ref={root} tabIndex={-1} className={styles.review}>
      {hasModel && <ReviewHeader counts={queue.counts} />}
      <div className={styles.body}>{hasModel ? <Body queue={queue} /> : <NothingAudited />}</div>
    </div>
  );
}

function useScopeActions({ items }: Queue): void {
  const { given } = useView((state) => state.reviewScope);
  const isGrid = useReviewMode((state) => state.isGrid);
  const isScoped = given !== null;
  const { data: pairs } = useQuery({ ...api.review.pairs.queryOptions(), enabled: !isScoped });
  const showAll = (): void => {
    useReviewMode.setState({ isGrid: false });
    openReview();
  };
  useActions({
    'review.grid': {
      run: () => {
        if (isGrid) return useReviewMode.setState({ isGrid: false });
        const [worst] = isScoped ? [] : (pairs ?? []);
        if (worst !== undefined) openReview({ given: worst.given, suggested: worst.suggested });
        useReviewMode.setState({ isGrid: true });
      },
      isEnabled: () => isScoped || isGrid || (items.length > 0 && pairs !== undefined),
    },
    'review.allPairs': { run: showAll, isEnabled: () => isScoped || isGrid },
  });
}

function Body({ queue }: { readonly queue: Queue }): ReactNode {
  const isGrid = useReviewMode((state) => state.isGrid);
  const { query } = queue;
  const [first, ...rest] = queue.items;
  if (query.error !== null) {
    return <LoadError error={query.error} onRetry={query.refetch} />;
  }
  if (query.isPending) return <Loading />;
  if (first === undefined) return <Done queue={queue} />;
  return isGrid ? <PairGrid items={[first, ...rest]} /> : <OneByOne item={first} />;
}

function Loading(): ReactNode {
  return (
    <div className={styles.one} aria-hidden>
      <Skeleton className={styles.loadingPicture} />
      <Skeleton className={styles.loadingCase} />
    </div>
  );
}

function NothingAudited(): ReactNode {
  const { t } = useTranslation();
  const key = chordText(useChord('train.retrain') ?? '');
  return (
    <EmptyState
      icon={<IconListSearch size={28} stroke={1.5} />}
      title={t('review.nothingAudited')}
      action={<Retrain />}
    >
      {t('review.nothingAuditedHint', { key })}
    </EmptyState>
  );
}

function Retrain(): ReactNode {
  const { t } = useTranslation();
  const chord = useChord('train.retrain');
  const isReady = useReadiness() === 'ready';
  return (
    <Button
      disabled={!isReady}
      onClick={() => runAction('train.retrain')}
      rightSection={chord !== undefined && <KeyCap chord={chord} />}
    >
      {t('review.retrain')}
    </Button>
  );
}

/** Nothing is left: of this pair, or at all; then what comes next in the loop. */
function Done({ queue }: { readonly queue: Queue }): ReactNode {
  const { t } = useTranslation();
  const { given } = useView((state) => state.reviewScope);
  const { reviewed = 0, fixed = 0 } = queue.counts ?? {};
  const icon = <IconChecks size={28} stroke={1.5} />;
  if (given !== null) {
    return (
      <EmptyState
        icon={icon}
        title={t('review.doneScope')}
        action={<Button onClick={() => runAction('review.allPairs')}>{t('review.allPairs')}</Button>}
      />
    );
  }
  return (
    <EmptyState icon={icon} title={t('review.done')} action={reviewed > 0 && <Retrain />}>
      {reviewed > 0 ? t('review.doneReviewed', { reviewed, fixed }) : t('review.doneHint')}
    </EmptyState>
  );
}
