import { Skeleton, UnstyledButton } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecentProject } from '#contract/project.ts';
import { formatAgo } from '../../i18n/format.ts';
import { api, client, queryClient } from '../../state/api.ts';
import { LoadError } from '../../state/load-error.tsx';
import { attempt } from '../../state/toast.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { openProject } from './open-project.ts';
import styles from './recent.module.css';

/** The projects that were open before, newest first. */
export function Recent(): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(api.project.recent.queryOptions());
  const [now] = useState(() => Date.now());
  if (error !== null && data === undefined) {
    return <LoadError error={error} onRetry={refetch} />;
  }
  return (
    <section aria-label={t('start.recent')}>
      <h2 className={styles.heading}>{t('start.recent')}</h2>
      {data?.length === 0 && <EmptyState title={t('start.empty')}>{t('start.emptyHint')}</EmptyState>}
      <div className={styles.cards}>
        {data === undefined
          ? Array.from({ length: 3 }, (_, index) => <Skeleton key={index} height={188} />)
          : data.map((project) => <Card key={project.folder} project={project} now={now} />)}
      </div>
    </section>
  );
}

function Card({ project, now }: { readonly project: RecentProject; readonly now: number }): ReactNode {
  const { t } = useTranslation();
  const { folder, name, exists } = project;
  const forget = async (): Promise<void> => {
    await client.project.forget({ folder });
    await queryClient.invalidateQueries({ queryKey: api.project.recent.key() });
  };
  return (
    <div className={styles.card} data-missing={!exists || undefined}>
      <UnstyledButton
        className={styles.open}
        disabled={!exists}
        title={folder}
        onClick={() => attempt(openProject(folder))}
      >
        <Mosaic pictures={project.mosaic} />
        <span className={styles.name}>{name}</span>
        {exists ? (
          <span className={styles.facts}>
            {t('start.images', { count: project.images })} · {formatAgo(project.openedAt, now)}
          </span>
        ) : (
          <span className={styles.missing} title={t('start.missingHint')}>
            <IconAlertTriangle size={14} aria-hidden /> {t('start.missing')}
          </span>
        )}
      </UnstyledButton>
      <span className={styles.forget}>
        <IconButton
          label={`${t('start.forget')}: ${name}`}
          size={22}
          variant="default"
          onClick={() => attempt(forget())}
        >
          <IconX size={14} />
        </IconButton>
      </span>
    </div>
  );
}

function Mosaic({ pictures }: { readonly pictures: readonly string[] }): ReactNode {
  return (
    <span className={styles.mosaic} aria-hidden>
      {pictures.slice(0, 8).map((source, index) => (
        <img key={index} className={styles.piece} src={source} alt="" draggable={false} />
      ))}
    </span>
  );
}
