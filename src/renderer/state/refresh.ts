import type { QueryClient } from '@tanstack/react-query';
import type { EngineEvent } from '#contract/events.ts';
import type { Job } from '#contract/job.ts';
import type { RecordKind } from '#core/records/records.ts';
import { api } from './api.ts';
import { detailsKey } from './details.ts';

type Area = 'project' | 'images' | 'classes' | 'review' | 'model' | 'history';

/** What may look different after records of a kind changed. */
const touched: Readonly<Record<RecordKind, readonly Area[]>> = {
  annotator: ['project'],
  source: ['project'],
  class: ['classes', 'images', 'review', 'model'],
  image: ['images', 'project'],
  label: ['images', 'classes', 'project', 'review'],
  verdict: ['images', 'project', 'review'],
};

/** The areas of the contract whose answers an event makes old. */
export function areasOf(event: EngineEvent): readonly Area[] {
  switch (event.type) {
    case 'changed':
      return [...new Set([...event.kinds.flatMap((kind) => touched[kind]), 'history' as const])];
    case 'model':
      return ['model', 'images', 'review', 'project'];
    case 'project':
      return ['project', 'images', 'classes', 'review', 'model', 'history'];
    case 'job':
    case 'run':
    case 'hello':
      return [];
  }
}

/** A list of jobs after one of them moved on. */
export function withJob(jobs: readonly Job[], job: Job): Job[] {
  const isKnown = jobs.some(({ id }) => id === job.id);
  return isKnown ? jobs.map((other) => (other.id === job.id ? job : other)) : [job, ...jobs];
}

/** Fetches again what an event made old; only what is on screen is asked for at once. */
export function refresh(queries: QueryClient, event: EngineEvent): void {
  if (event.type === 'job') {
    const { queryKey } = api.jobs.list.queryOptions();
    queries.setQueryData(queryKey, (jobs) => withJob(jobs ?? [], event.job));
    return;
  }
  if (event.type === 'run') void queries.invalidateQueries({ queryKey: api.model.run.key() });
  for (const area of areasOf(event)) {
    void queries.invalidateQueries({ queryKey: api[area].key() });
    if (area === 'images') void queries.invalidateQueries({ queryKey: detailsKey });
  }
}
