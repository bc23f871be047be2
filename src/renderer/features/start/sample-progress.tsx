import { Button, Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/job.ts';
import { formatCount } from '../../i18n/format.ts';
import { client } from '../../state/api.ts';
import { jobShare } from '../../state/job-progress.ts';
import { attempt } from '../../state/toast.tsx';
import styles from './start.module.css';

/** The sample while it is drawn. */
export function SampleProgress({ job }: { readonly job: Job }): ReactNode {
  const { t } = useTranslation();
  const share = jobShare(job);
  return (
    <div className={styles.door} role="status">
      <span className={styles.title}>{t('start.sampleRunning')}</span>
      <Progress value={(share ?? 1) * 100} animated={share === null} aria-label={t('start.sampleRunning')} />
      <span className={styles.progress}>
        {share !== null && t('job.progress', { done: formatCount(job.done), total: formatCount(job.total) })}
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => attempt(client.jobs.cancel({ job: job.id }))}
        >
          {t('common.cancel')}
        </Button>
      </span>
    </div>
  );
}
