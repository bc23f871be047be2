import { createHash } from 'node:crypto';
import type { Result } from '#base/result.ts';
import { withImage } from './decode.ts';
import { thumbnailPx } from './limits.ts';
import type { ImportedImage } from './operations.ts';

/** Hashes, measures and decodes a file once; the thumbnail proves that all of it can be decoded. */
export async function importImage(path: string): Promise<Result<ImportedImage>> {
  return withImage(path, async ({ format, bytes, describe, decode }) => {
    const { width, height, orientation } = await describe();
    const decoding = await decode();
    const thumbnail = await decoding
      .resize(thumbnailPx, thumbnailPx, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80, effort: 1 })
      .toBuffer();
    const hash = createHash('sha256').update(bytes).digest('hex');
    return { hash, bytes: bytes.byteLength, width, height, orientation, format, thumbnail };
  });
}
