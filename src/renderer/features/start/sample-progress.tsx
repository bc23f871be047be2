import { Button, Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/job.ts';
import { countText, leftText } from '../../i18n/job-text.ts';
import { client } from '../../state/api.ts';
import { attempt } from '../../state/toast.tsx';
import { useJobProgress } from '../../state/use-job-progress.ts';
import styles from './start.module.css';

/** The sample while it is drawn. */
export function SampleProgress({ job }: { readonly job: Job }): ReactNode {
  const { t } = useTranslation();
  const { share, secondsLeft } = useJobProgress(job);
  return (
    <div className={styles.door}>
      <span className={styles.title} role="status">
        {t('start.sampleRunning')}
      </span>
      <span className={styles.hint}>{t(`job.step.${job.step}`)}</span>
      <Progress value={(share ?? 1) * 100} animated={share === null} aria-label={t('start.sampleRunning')} />
      <span className={styles.progress}>
        {secondsLeft === null ? countText(job) : leftText(secondsLeft)}
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
