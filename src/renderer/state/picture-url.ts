import type { PictureSize } from '#contract/shell.ts';
import type { ImageId } from '#core/ids.ts';
import { shell } from './bridge.ts';

/**
 * Where an image's pixels are fetched from. The content hash is part of the address, so that the browser may keep
 * pictures for ever and a changed file is still seen.
 */
export function pictureUrl(id: ImageId, size: PictureSize, hash: string): string {
  const base = shell() === null ? '/image/' : 'emend-image://project/';
  return `${base}${id}/${size}?v=${hash.slice(0, 8)}`;
}
