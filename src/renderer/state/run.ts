import { useQuery } from '@tanstack/react-query';
import type { Job } from '#contract/job.ts';
import type { Run } from '#contract/training.ts';
import { api, client } from './api.ts';
import { useCanEdit, useJobs } from './queries.ts';
import { attempt } from './toast.tsx';
import { isActive } from './train.ts';

/** A training of networks as it stands. */
export interface RunState {
  /** The job that trains, or waits to; null where none does. */
  readonly job: Job | null;
  /** Null before the first network is begun. */
  readonly run: Run | null;
  /** The job that ended last, when it failed. */
  readonly failed: Job | null;
}

/** The training of networks that goes on or was stopped; what works on the project elsewhere is not shown. */
export function useRun(): RunState {
  const canEdit = useCanEdit();
  const { data } = useQuery({ ...api.model.run.queryOptions(), enabled: canEdit });
  const jobs = useJobs().filter(({ kind }) => kind === 'tune' || kind === 'audit');
  const job = jobs.find(isActive) ?? null;
  const [last] = jobs;
  const run = canEdit ? (data ?? null) : null;
  return {
    job,
    run: isReplaced(job, run) ? null : run,
    failed: job === null && last?.state === 'failed' ? last : null,
  };
}

/** A job that trains its head first has no run yet: the one that is there was stopped and will be replaced. */
function isReplaced(job: Job | null, run: Run | null): boolean {
  const isStopped = run?.job === null;
  return (
    job !== null && isStopped && !['waiting', 'starting', 'read', 'activations', 'tune'].includes(job.step)
  );
}

/** Goes on with the training that was stopped. */
export function resumeRun(): void {
  attempt(client.model.resume());
}

/** Drops the training that was stopped. */
export function discardRun(): void {
  attempt(client.model.discardRun());
}
