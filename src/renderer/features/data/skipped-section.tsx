import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/job.ts';
import { formatTime } from '../../i18n/format.ts';
import { api } from '../../state/api.ts';
import { LoadError } from '../../state/load-error.tsx';
import { useJobs } from '../../state/queries.ts';
import { useSkippedJob } from '../../state/skipped.ts';
import { Section } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import styles from './data.module.css';

/** The files that the last imports left out, each with its reason. It stays until somebody closes it. */
export function SkippedSection(): ReactNode {
  const jobs = useJobs();
  const { job: asked, closed } = useSkippedJob();
  const shown = jobs.find(({ id }) => id === asked) ?? jobs.find(({ skippedCount }) => skippedCount > 0);
  if (shown === undefined || shown.skippedCount === 0 || closed.includes(shown.id)) return null;
  return <Report key={shown.id} job={shown} />;
}

function Report({ job }: { readonly job: Job }): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(api.jobs.skipped.queryOptions({ input: { job: job.id } }));
  const close = (): void =>
    useSkippedJob.setState(({ closed }) => ({ job: null, closed: [...closed, job.id] }));
  return (
    <Section
      title={t('job.skipped', { count: job.skippedCount })}
      actions={
        <Button size="compact-xs" variant="default" onClick={close}>
          {t('common.close')}
        </Button>
      }
    >
      {job.finishedAt !== null && (
        <p className={styles.dim}>
          {t('data.skippedOf', { job: t(`job.kind.${job.kind}`), time: formatTime(job.finishedAt) })}
        </p>
      )}
      {error !== null && <LoadError error={error} onRetry={refetch} />}
      {data === undefined && error === null && <SkeletonRows count={3} />}
      {data !== undefined && (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('job.showSkipped')}>
          <table className={`${styles.table} selectable`}>
            <thead>
              <tr>
                <th>{t('job.path')}</th>
                <th>{t('job.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {data.map(({ path, reason }) => (
                <tr key={path}>
                  <td className={styles.wrap}>{path}</td>
                  <td
                    className={styles.wrap}
                    style={{ width: '60%', textAlign: 'left', whiteSpace: 'normal' }}
                  >
                    {reason}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
