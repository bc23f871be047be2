import { useEffect, useState } from 'react';
import type { Job } from '#contract/job.ts';
import { jobShare, stepSecondsLeft, stepStart, type StepStart } from './job-progress.ts';

export interface JobProgress {
  /** How much of the step is done, 0–1; null while that is unknown. */
  readonly share: number | null;
  /** Seconds until the step is likely to end; null when it is too early to say. */
  readonly secondsLeft: number | null;
}

/** How far a job is, told anew every second. */
export function useJobProgress(job: Job): JobProgress {
  const now = useNow();
  const [known, setKnown] = useState<StepStart | null>(null);
  const start = stepStart(known, job, now);
  if (start !== known) setKnown(start);
  return { share: jobShare(job), secondsLeft: stepSecondsLeft(start, job, now) };
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
