import { useQueries, useQuery } from '@tanstack/react-query';
import type { ImageFilter } from '#contract/images.ts';
import type { ProjectInfo } from '#contract/project.ts';
import { api } from '../../state/api.ts';
import { defaultSort, emptyFilter } from '../../state/filter.ts';
import { suspectShares, type SuspectShare } from './suspect-share.ts';

/** Parts of the project that are compared. */
export type PartKind = 'annotators' | 'sources';

/** More parts than this would be more questions to the engine than a page is worth. */
const mostParts = 40;

/** What the gallery shows for one part: its suspects. */
export function suspectsOf(kind: PartKind, id: string, suspicion: number): ImageFilter {
  return { ...labelledOf(kind, id), suspicion };
}

function labelledOf(kind: PartKind, id: string): ImageFilter {
  return { ...emptyFilter, labelled: true, [kind]: [id] };
}

/** How many images each filter lets through; undefined until all are counted. */
function useCounts(filters: readonly ImageFilter[]): readonly number[] | undefined {
  return useQueries({
    queries: filters.map((filter) => api.images.list.queryOptions({ input: { filter, sort: defaultSort } })),
    combine: (answers) => {
      const counts = answers.map(({ data }) => data?.ids.length).filter((count) => count !== undefined);
      return counts.length === filters.length ? counts : undefined;
    },
  });
}

/** The most suspects that the queue tells about at once; of more, the most suspect are compared. */
const mostSuspects = 1000;

/** The suspicion from which labels are in the queue, or above every suspicion when none is. */
function useSuspicion(): number | undefined {
  const input = { limit: mostSuspects, given: null, suggested: null };
  const { data } = useQuery(api.review.queue.queryOptions({ input }));
  return data && 1 - Math.max(0, ...data.items.map(({ score }) => score)) - rounding;
}
/** The engine compares with numbers that went through text. */
const rounding = 1e-9;

export interface Shares {
  readonly parts: readonly SuspectShare[];
  /** The suspicion from which a label counts as a suspect here. */
  readonly suspicion: number;
}

/** The share of suspects in each part; undefined while it is being counted. */
export function useShares(kind: PartKind, project: ProjectInfo): Shares | undefined {
  const parts = (kind === 'annotators' ? project.annotators : project.sources).slice(0, mostParts);
  const suspicion = useSuspicion();
  const labels = useCounts(parts.map(({ id }) => labelledOf(kind, id)));
  const suspects = useCounts(
    suspicion === undefined ? [] : parts.map(({ id }) => suspectsOf(kind, id, suspicion)),
  );
  if (labels === undefined || suspects === undefined || suspicion === undefined) return undefined;
  const counted = parts.map(({ id, name }, at) => ({
    id,
    name,
    labels: labels[at] ?? 0,
    suspects: suspects[at] ?? 0,
  }));
  return { parts: suspectShares(counted), suspicion };
}
