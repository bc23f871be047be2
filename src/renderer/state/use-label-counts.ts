import { useQueries } from '@tanstack/react-query';
import type { ClassId, ImageId } from '#core/ids.ts';
import { api } from './api.ts';
import { emptyFilter } from './filter.ts';
import { countLabels, type LabelCounts } from './label-counts.ts';
import { useClasses } from './queries.ts';

/**
 * The labels of images in numbers, as they are on disk; undefined while on their way. Asks for the images of each
 * class rather than for each image, so that another selection, however large, costs no question.
 */
export function useLabelCounts(images: ReadonlySet<ImageId>): LabelCounts | undefined {
  const used = useClasses().filter(({ units }) => units > 0);
  const lists = useQueries({
    queries: used.map(({ id }) => ({
      ...api.images.list.queryOptions({ input: { filter: { ...emptyFilter, classes: [id] }, sort: {} } }),
      structuralSharing: false,
    })),
  });
  const members: [ClassId, readonly ImageId[]][] = [];
  for (const [at, { id }] of used.entries()) {
    const list = lists[at]?.data;
    if (list === undefined) return undefined;
    members.push([id, list.ids]);
  }
  return countLabels(images, members);
}
