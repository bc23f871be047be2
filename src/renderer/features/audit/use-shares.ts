import { useQueries } from '@tanstack/react-query';
import type { ImageFilter } from '#contract/images.ts';
import type { ProjectInfo } from '#contract/project.ts';
import { suspectFrom } from '#contract/review.ts';
import { api } from '../../state/api.ts';
import { defaultSort, emptyFilter } from '../../state/filter.ts';
import { suspectShares, type SuspectShare } from './suspect-share.ts';

/** Parts of the project that are compared. */
export type PartKind = 'annotators' | 'sources';

/** More parts than this would be more questions to the engine than a page is worth. */
const mostParts = 40;

/** What the gallery shows for one part: its suspects. */
export function suspectsOf(kind: PartKind, id: string): ImageFilter {
  return { ...labelledOf(kind, id), suspicion: suspectFrom };
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

/** The share of suspects in each part; undefined while it is being counted. */
export function useShares(kind: PartKind, project: ProjectInfo): readonly SuspectShare[] | undefined {
  const parts = (kind === 'annotators' ? project.annotators : project.sources).slice(0, mostParts);
  const labels = useCounts(parts.map(({ id }) => labelledOf(kind, id)));
  const suspects = useCounts(parts.map(({ id }) => suspectsOf(kind, id)));
  if (labels === undefined || suspects === undefined) return undefined;
  const counted = parts.map(({ id, name }, at) => ({
    id,
    name,
    labels: labels[at] ?? 0,
    suspects: suspects[at] ?? 0,
  }));
  return suspectShares(counted);
}
