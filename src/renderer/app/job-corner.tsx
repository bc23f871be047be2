import { Progress } from '@mantine/core';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/job.ts';
import { formattedCounts } from '../i18n/format.ts';
import { countText, leftText } from '../i18n/job-text.ts';
import { text } from '../i18n/text.ts';
import { client } from '../state/api.ts';
import { useJobs, useRunningJob } from '../state/queries.ts';
import { showSkipped } from '../state/skipped.ts';
import { attempt, toast, toastProblem } from '../state/toast.tsx';
import { useJobProgress } from '../state/use-job-progress.ts';
import { IconButton } from '../ui/icon-button.tsx';
import styles from './job-corner.module.css';

/** The job that runs: what it does, how far it is, how long its step will take, and a way to stop it. */
export function JobCorner(): ReactNode {
  const job = useRunningJob();
  useJobResults();
  return job !== null && <RunningJob job={job} />;
}

function RunningJob({ job }: { readonly job: Job }): ReactNode {
  const { t } = useTranslation();
  const { share, secondsLeft } = useJobProgress(job);
  const name = t(`job.kind.${job.kind}`);
  const step = t(`job.step.${job.step}`);
  const far = secondsLeft === null ? countText(job) : leftText(secondsLeft, 'short');
  const details = [name, step, countText(job), secondsLeft !== null && leftText(secondsLeft)].filter(Boolean);
  return (
    <div className={styles.corner} title={details.join(' · ')}>
      <div className={styles.texts}>
        <span className={styles.name} role="status">
          {name}
          <span className={styles.dim}> · {step}</span>
        </span>
        <span className={styles.dim}>{far}</span>
      </div>
      <Progress
        size={4}
        className={styles.progress ?? ''}
        value={(share ?? 1) * 100}
        animated={share === null}
        aria-label={name}
      />
      <IconButton
        label={t('job.cancel')}
        size={24}
        onClick={() => attempt(client.jobs.cancel({ job: job.id }))}
      >
        <IconX size={14} />
      </IconButton>
    </div>
  );
}

/** Tells how jobs ended that were seen waiting or running. */
function useJobResults(): void {
  const jobs = useJobs();
  const open = useRef(new Set<string>());
  useEffect(() => {
    for (const job of jobs) {
      const isOpen = job.state === 'waiting' || job.state === 'running';
      if (isOpen) open.current.add(job.id);
      else if (open.current.delete(job.id) && !job.isBackground) tellResult(job);
    }
  }, [jobs]);
}

function tellResult(job: Job): void {
  const name = text(`job.kind.${job.kind}`);
  if (job.state === 'cancelled') toast(text('job.cancelled', { job: name }));
  if (job.state === 'failed' && job.problem !== null)
    toastProblem(job.problem, text('job.failed', { job: name }));
  if (job.state !== 'done') return;
  const values = formattedCounts(job.summary) as { images: string; labels: string };
  toast(text(`job.finished.${job.kind}` as 'job.finished.add', values));
  if (job.skippedCount > 0) {
    toast(text('job.skipped', { count: job.skippedCount }), {
      label: text('job.showSkipped'),
      run: () => showSkipped(job.id),
    });
  }
}
