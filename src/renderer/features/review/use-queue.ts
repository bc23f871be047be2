import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Suspect } from '#contract/review.ts';
import type { ClassId, ImageId } from '#core/ids.ts';
import { prefetchPictures } from '../../canvas/use-picture.ts';
import { api, queryClient } from '../../state/api.ts';
import { detailOptions } from '../../state/details.ts';
import { pictureUrl } from '../../state/picture-url.ts';
import { useProject } from '../../state/queries.ts';
import { useView } from '../../state/view.ts';
import { gridSize, useReviewMode } from './review-state.ts';
import { ordered } from './sitting.ts';
import { look, sitDown, useSitting } from './use-sitting.ts';

export type QueueItem = Suspect & { readonly image: ImageId };

/** What the queue says beside its items. */
export interface QueueCounts {
  readonly waiting: number;
  readonly reviewed: number;
  readonly fixed: number;
  readonly expectedInNext20: number;
}

export interface Queue {
  /** In the order they are looked at; what was decided about a moment ago is gone already. */
  readonly items: readonly QueueItem[];
  readonly counts: QueueCounts | undefined;
  readonly query: Pick<UseQueryResult, 'error' | 'refetch' | 'isPending'>;
}

/** Neighbours that are shown of each of the two classes. */
export const neighbourCount = 6;

const usualLimit = 120;
/** Above this many put off, the usual limit might hold little else. */
const manySkipped = 60;
const mostLimit = 1000;

/** The suspects of the review's scope, in the order this person sees them. */
export function useQueue(): Queue {
  const { given, suggested } = useView((state) => state.reviewScope);
  const { data: project } = useProject();
  const sitting = useSitting((state) => state.sitting);
  const isGrid = useReviewMode((state) => state.isGrid);
  const limit = sitting.skipped.length > manySkipped ? mostLimit : usualLimit;
  const query = useQuery(api.review.queue.queryOptions({ input: { limit, given, suggested } }));
  const { data } = query;

  useEffect(() => sitDown(project?.folder ?? null), [project?.folder]);

  const items = useMemo(() => ordered(data?.items ?? [], sitting), [data, sitting]);
  useEffect(() => {
    const units = items.slice(0, isGrid ? gridSize : 1).map(({ unit }) => unit);
    if (units.join(' ') !== sitting.shown.join(' ')) look(units);
  }, [items, isGrid, sitting.shown]);
  return { items, counts: data, query };
}

/** The nearest images with one class, as asked for here and ahead. */
export function neighbourOptions(id: ImageId, of: ClassId) {
  return api.images.neighbours.queryOptions({ input: { id, class: of, count: neighbourCount } });
}

async function getReady(item: QueueItem): Promise<void> {
  for (const of of [item.given, item.suggested]) {
    void queryClient.prefetchQuery(neighbourOptions(item.image, of));
  }
  const image = await queryClient.ensureQueryData(detailOptions(item.image));
  prefetchPictures([pictureUrl(image.id, 'full', image.hash)]);
}

/** Fetches and decodes what the next suspects show, so that they appear at once. */
export function useAhead(next: readonly QueueItem[]): void {
  const key = next.map(({ unit }) => unit).join(' ');
  useEffect(() => {
    // What cannot be fetched ahead is fetched, and its failure told, when its turn comes.
    for (const item of next) getReady(item).catch(() => undefined);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `next` is a new list each time; its units decide
  }, [key]);
}
