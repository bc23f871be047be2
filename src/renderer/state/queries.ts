import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Job } from '#contract/job.ts';
import type { ProjectInfo } from '#contract/project.ts';
import type { ClassId, ImageId } from '#core/ids.ts';
import type { Class } from '#core/records/class.ts';
import { api } from './api.ts';
import { useView } from './view.ts';

export type CountedClass = Class & { readonly units: number };

/** The open project in numbers; null on the start page. */
export function useProject(): UseQueryResult<ProjectInfo | null> {
  return useQuery(api.project.info.queryOptions());
}

/** Whether labels can be changed: a project is open, and not by somebody else. */
export function useCanEdit(): boolean {
  const { data } = useProject();
  return data !== undefined && data !== null && !data.readOnly;
}

/** All classes in their order. */
export function useClasses(): readonly CountedClass[] {
  const { data: project } = useProject();
  const { data } = useQuery({ ...api.classes.list.queryOptions(), enabled: Boolean(project) });
  return data ?? none;
}
const none: readonly CountedClass[] = [];

/** All classes by id. */
export function useClassMap(): ReadonlyMap<ClassId, CountedClass> {
  return byId(useClasses());
}

// Every tile of the grid asks, and the counts change with every label: one map serves them all.
const maps = new WeakMap<readonly CountedClass[], ReadonlyMap<ClassId, CountedClass>>();

function byId(classes: readonly CountedClass[]): ReadonlyMap<ClassId, CountedClass> {
  const known = maps.get(classes) ?? new Map(classes.map((item) => [item.id, item]));
  maps.set(classes, known);
  return known;
}

export interface ImageOrder {
  readonly ids: readonly ImageId[];
  /** Width ÷ height, in the same order. */
  readonly aspects: readonly number[];
}

/** The images that the gallery's filter lets through, in its order. Old data stay while new ones are on their way. */
export function useImageOrder(): UseQueryResult<ImageOrder> {
  const filter = useView((state) => state.filter);
  const sort = useView((state) => state.sort);
  return useQuery({
    ...api.images.list.queryOptions({ input: { filter, sort } }),
    placeholderData: keepPreviousData,
    structuralSharing: false,
  });
}

/** Waiting, running and recently ended jobs, newest first. */
export function useJobs(): readonly Job[] {
  const { data } = useQuery(api.jobs.list.queryOptions());
  return data ?? noJobs;
}
const noJobs: readonly Job[] = [];

/** The job that is shown in the corner: the one that runs, or else the first that waits. */
export function useRunningJob(): Job | null {
  const jobs = useJobs();
  return (
    jobs.find(({ state }) => state === 'running') ?? jobs.find(({ state }) => state === 'waiting') ?? null
  );
}
