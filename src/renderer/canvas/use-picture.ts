import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { decodePicture } from './decode-picture.ts';
import { PictureCache, type PictureState } from './picture-cache.ts';

/** Current image, neighbours either way, and the next suspects with room to go back; at most 17 MB each. */
const keptPictures = 16;
const pictures = new PictureCache(decodePicture, keptPictures);

const waiting: PictureState = { kind: 'loading' };

/** A decoded picture by address; `loading` while there is no address. */
export function usePicture(url: string | null): PictureState {
  useEffect(() => {
    if (url !== null) pictures.request(url);
  }, [url]);
  const subscribe = useCallback((changed: () => void) => pictures.onChange(changed), []);
  return useSyncExternalStore(subscribe, () => (url === null ? waiting : pictures.state(url)));
}

/** Decodes pictures that will be wanted soon. */
export function prefetchPictures(urls: readonly string[]): void {
  for (const url of urls) pictures.request(url);
}

/** Tries a picture again that failed. */
export function retryPicture(url: string): void {
  pictures.retry(url);
}
