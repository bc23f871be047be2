import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ImageDetail } from '#contract/images.ts';
import type { ImageId } from '#core/ids.ts';
import { client, queryClient } from './api.ts';
import { BatchLoader } from './batch-loader.ts';

// Tiles ask one by one as they come into sight; the engine is asked for a screenful at a time.
const loader = new BatchLoader<ImageDetail>({
  fetch: (ids) => client.images.details({ ids: ids as ImageId[] }),
  idOf: (image) => image.id,
  maxBatch: 500,
  gatherMs: 12,
});

export const detailsKey = ['image'] as const;

/** What is known about one image, fetched together with its neighbours on screen. */
export function detailOptions(id: ImageId) {
  return queryOptions({
    queryKey: [...detailsKey, id],
    queryFn: ({ signal }) => loader.load(id, signal),
    gcTime: 120_000,
  });
}

/** What is known about one image; nothing while `id` is null. */
export function useDetail(id: ImageId | null): UseQueryResult<ImageDetail> {
  return useQuery({ ...detailOptions(id ?? ('' as ImageId)), enabled: id !== null });
}

/** What is known about an image that was shown before, without asking. */
export function knownDetail(id: ImageId): ImageDetail | undefined {
  return queryClient.getQueryData(detailOptions(id).queryKey);
}
