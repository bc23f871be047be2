import { useEffect, useState } from 'react';
import { decodeInFull } from './decode-picture.ts';
import type { Picture } from './picture.ts';

/** The bitmap to draw: the picture's own, or the one with every pixel once that is wanted and decoded. */
export function useFullBitmap(picture: Picture, isWanted: boolean): ImageBitmap {
  const [full, setFull] = useState<Picture | null>(null);
  const { url, isReduced } = picture;
  const isThere = full?.url === url;
  useEffect(() => {
    if (!isWanted || !isReduced || isThere) return;
    let isGone = false;
    decodeInFull(url).then(
      (decoded) => {
        if (isGone) decoded.bitmap.close();
        else setFull(decoded);
      },
      // The reduced picture stays, which is what can be shown of it.
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [url, isWanted, isReduced, isThere]);
  return isThere ? full.bitmap : picture.bitmap;
}
