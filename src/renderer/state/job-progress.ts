import type { Job } from '#contract/job.ts';

/** How much of a job is done, 0–1; null while that is unknown. */
export function jobShare(job: Pick<Job, 'done' | 'total'>): number | null {
  return job.total > 0 ? Math.min(1, job.done / job.total) : null;
}

/** Seconds until a job is likely to end, from its pace so far; null when it is too early to say. */
export function secondsLeft(job: Pick<Job, 'done' | 'total' | 'startedAt'>, now: number): number | null {
  const share = jobShare(job);
  if (share === null || share < 0.03 || job.startedAt === null) return null;
  const elapsed = (now - job.startedAt) / 1000;
  return elapsed < 2 ? null : (elapsed / share) * (1 - share);
}
