import { Progress } from '@mantine/core';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/job.ts';
import { formatCount, formatDuration, formattedCounts } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { client } from '../state/api.ts';
import { jobShare, secondsLeft } from '../state/job-progress.ts';
import { useJobs, useRunningJob } from '../state/queries.ts';
import { showSkipped } from '../state/skipped.ts';
import { attempt, toast, toastProblem } from '../state/toast.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import styles from './job-corner.module.css';

/** The job that runs: what it does, how far it is, how long it will take, and a way to stop it. */
export function JobCorner(): ReactNode {
  const { t } = useTranslation();
  const job = useRunningJob();
  useJobResults();
  const now = useNow(job !== null);
  if (job === null) return null;
  const share = jobShare(job);
  const left = secondsLeft(job, now);
  const progress = t('job.progress', { done: formatCount(job.done), total: formatCount(job.total) });
  const details = [
    share !== null && progress,
    left !== null && t('job.left', { time: formatDuration(left) }),
    job.state === 'waiting' && t('job.state.waiting'),
  ].filter((part) => part !== false);
  return (
    <div className={styles.corner} role="status" title={details.join(' · ')}>
      <div className={styles.texts}>
        <span className={styles.name}>{t(`job.kind.${job.kind}`)}</span>
        <span className={styles.left}>
          {left === null ? details[0] : t('job.left', { time: formatDuration(left) })}
        </span>
      </div>
      <Progress
        size={4}
        className={styles.progress ?? ''}
        value={(share ?? 1) * 100}
        animated={share === null}
        aria-label={t(`job.kind.${job.kind}`)}
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

function useNow(isRunning: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}

/** Tells how jobs ended that were seen waiting or running. */
function useJobResults(): void {
  const jobs = useJobs();
  const open = useRef(new Set<string>());
  useEffect(() => {
    for (const job of jobs) {
      const isOpen = job.state === 'waiting' || job.state === 'running';
      if (isOpen) open.current.add(job.id);
      else if (open.current.delete(job.id)) tellResult(job);
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
