import { useEffect, useRef } from 'react';
import type { ImageId } from '#core/ids.ts';
import { prefetchPictures } from '../../canvas/use-picture.ts';
import { queryClient } from '../../state/api.ts';
import { detailOptions } from '../../state/details.ts';
import { pictureUrl } from '../../state/picture-url.ts';
import { useImageOrder } from '../../state/queries.ts';
import { openImage, useView } from '../../state/view.ts';
import { around, stepTo, type Position } from './step.ts';

/** Images either way that are decoded ahead. */
const reach = 2;

export interface Steps {
  readonly ids: readonly ImageId[];
  /** Place in the gallery's order, from 0. */
  readonly at: number;
  /** Goes on or back; stays at an end. */
  go(step: 1 | -1): void;
}

const none: readonly ImageId[] = [];

/** Fetches what is known of an image, then its pixels, and decodes them. */
async function getReady(id: ImageId): Promise<void> {
  const image = await queryClient.ensureQueryData(detailOptions(id));
  prefetchPictures([pictureUrl(id, 'full', image.hash)]);
}

/** Next and previous in the gallery's order, with the neighbours decoded ahead. */
export function useSteps(): Steps {
  const open = useView((state) => state.focused);
  const { data } = useImageOrder();
  const ids = data?.ids ?? none;
  const lastAt = useRef(0);
  const found = open === null ? -1 : ids.indexOf(open);

  useEffect(() => {
    if (found >= 0) lastAt.current = found;
    const near = around({ ids, open, lastAt: lastAt.current }, reach);
    // What cannot be fetched ahead is fetched, and its failure told, when it is opened.
    for (const id of near) getReady(id).catch(() => undefined);
  }, [ids, open, found]);

  const position = (): Position<ImageId> => ({ ids, open, lastAt: lastAt.current });
  return {
    ids,
    at: found,
    go: (step) => {
      const next = stepTo(position(), step);
      if (next !== null) openImage(next);
    },
  };
}
