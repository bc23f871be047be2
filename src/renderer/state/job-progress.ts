import type { Job } from '#contract/job.ts';

/** How much of a job's step is done, 0–1; null while that is unknown. */
export function jobShare(job: Pick<Job, 'done' | 'total'>): number | null {
  return job.total > 0 ? Math.min(1, job.done / job.total) : null;
}

/** Where a step stood when it was first seen; its pace is measured from there. */
export interface StepStart {
  readonly job: string;
  readonly step: string;
  readonly done: number;
  readonly at: number;
}

type JobStep = Pick<Job, 'id' | 'step' | 'done' | 'total'>;

/** The start of the step a job is in: the one known, until another step or another part of it begins. */
export function stepStart(known: StepStart | null, job: JobStep, now: number): StepStart {
  const isSame = known?.job === job.id && known.step === job.step && known.done <= job.done;
  return isSame ? known : { job: job.id, step: job.step, done: job.done, at: now };
}

/**
 * Seconds until the step of a job is likely to end, from its pace so far; null when it is too early to say. Steps go
 * at paces of their own, so nothing is said about those to come.
 */
export function stepSecondsLeft(start: StepStart, job: JobStep, now: number): number | null {
  const elapsed = (now - start.at) / 1000;
  const moved = job.done - start.done;
  if (job.total === 0 || elapsed < 2 || moved / job.total < 0.03) return null;
  return (elapsed / moved) * Math.max(0, job.total - job.done);
}
