import { Button, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '#contract/history.ts';
import { formatClock, formatCount, formatDay } from '../../i18n/format.ts';
import { entryText } from '../../i18n/entry-text.ts';
import { text } from '../../i18n/text.ts';
import { api, client } from '../../state/api.ts';
import { undo } from '../../state/label.ts';
import { LoadError } from '../../state/load-error.tsx';
import { useCanEdit, useProject } from '../../state/queries.ts';
import { saving } from '../../state/saving.ts';
import { attempt, toast } from '../../state/toast.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { byDay } from './by-day.ts';
import styles from './history.module.css';

const pageSize = 100;

/** Takes back everything after a row, and offers to take that back as well. */
async function restore(entry: HistoryEntry): Promise<void> {
  await saving(() => client.history.restore({ seq: entry.seq }));
  toast(text('history.restored', { seq: formatCount(entry.seq) }), { label: text('common.undo'), run: undo });
}

/** Everything that happened in the project, newest first, by day. */
export function History(): ReactNode {
  const { t } = useTranslation();
  const { data: project } = useProject();
  const [annotator, setAnnotator] = useState<string | null>(null);
  const people = project?.annotators.map(({ id, name }) => ({ value: id as string, label: name })) ?? [];
  const chooser = people.length > 1 && (
    <Select
      w={180}
      aria-label={t('history.by')}
      placeholder={t('history.all')}
      data={people}
      value={annotator}
      clearable
      onChange={setAnnotator}
    />
  );
  return (
    <Page>
      <Section title={t('history.title')} actions={chooser}>
        <TimeLine annotator={annotator} />
      </Section>
    </Page>
  );
}

function TimeLine({ annotator }: { readonly annotator: string | null }): ReactNode {
  const { t } = useTranslation();
  const query = useInfiniteQuery(
    api.history.list.infiniteOptions({
      input: (before: number | null) => ({ before, limit: pageSize }),
      initialPageParam: null,
      getNextPageParam: (page) => (page.length < pageSize ? undefined : (page.at(-1)?.seq ?? undefined)),
    }),
  );
  if (query.error !== null && query.data === undefined) {
    return <LoadError error={query.error} onRetry={query.refetch} />;
  }
  if (query.data === undefined) return <SkeletonRows count={12} />;
  const entries = query.data.pages.flat();
  if (entries.length === 0)
    return <EmptyState title={t('history.empty')}>{t('history.emptyHint')}</EmptyState>;
  const newest = entries[0]?.seq;
  const shown = entries.filter((entry) => annotator === null || entry.annotator === annotator);
  return (
    <>
      {byDay(shown).map(({ day, entries: lines }) => (
        <section key={day}>
          <h3 className={styles.day}>{formatDay(day)}</h3>
          <ol className={styles.lines}>
            {lines.map((entry) => (
              <Line key={entry.seq} entry={entry} isNewest={entry.seq === newest} />
            ))}
          </ol>
        </section>
      ))}
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('history.older')}
        </Button>
      )}
    </>
  );
}

function Line({ entry, isNewest }: { readonly entry: HistoryEntry; readonly isNewest: boolean }): ReactNode {
  const { t } = useTranslation();
  const { data: project } = useProject();
  const canEdit = useCanEdit();
  const name = project?.annotators.find(({ id }) => id === entry.annotator)?.name ?? entry.annotator;
  return (
    <li className={styles.line} data-undone={entry.undone || undefined}>
      <span className={styles.time}>{formatClock(entry.time)}</span>
      <span className={styles.who}>{name}</span>
      <span className={styles.what}>
        {entryText(entry)} {entry.undone && <em className={styles.dim}>{t('history.undone')}</em>}
      </span>
      <span className={styles.dim}>
        {entry.changes > 1 && t('history.records', { total: formatCount(entry.changes) })}
      </span>
      <span className={styles.row}>{t('history.row', { seq: formatCount(entry.seq) })}</span>
      <span className={styles.action}>
        {isNewest ? (
          <span className={styles.dim}>{t('history.now')}</span>
        ) : (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            title={t('history.restoreHint')}
            disabled={!canEdit}
            onClick={() => attempt(restore(entry))}
          >
            {t('history.restore')}
          </Button>
        )}
      </span>
    </li>
  );
}
