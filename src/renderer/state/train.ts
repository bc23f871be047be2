import type { Job } from '#contract/job.ts';
import { useActions } from './actions.ts';
import { client } from './api.ts';
import { useCanEdit, useClasses, useJobs, useProject } from './queries.ts';
import { readiness, type Readiness } from './readiness.ts';
import { attempt } from './toast.tsx';
import { openTuning } from './tuning.ts';

/** Embeds what is new, retrains the head, predicts and audits, in the background. */
export function retrain(): void {
  attempt(client.model.train({ backbone: null }));
}

/** The training that runs or waits, or else the one that ended last. */
export function useTrainJob(): Job | null {
  const trainings = useJobs().filter(({ kind }) => kind === 'train');
  return trainings.find(isActive) ?? trainings[0] ?? null;
}

/** Whether a job is still to end. */
export function isActive({ state }: Job): boolean {
  return state === 'running' || state === 'waiting';
}

/** Whether the project has what a training needs. */
export function useReadiness(): Readiness {
  const { data: project } = useProject();
  const classes = useClasses();
  return readiness(project?.images ?? 0, classes);
}

/** Offers training from everywhere, by its key and in the palette. */
export function useTrainActions(): void {
  const canEdit = useCanEdit();
  const job = useTrainJob();
  const isReady = useReadiness() === 'ready';
  const isBusy = job !== null && isActive(job);
  useActions({
    'train.retrain': { run: retrain, isEnabled: () => canEdit && isReady && !isBusy },
    'train.fineTune': { run: openTuning, isEnabled: () => canEdit && isReady },
  });
}
