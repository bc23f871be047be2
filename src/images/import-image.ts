import { createHash } from 'node:crypto';
import type { Result } from '#base/result.ts';
import { attempt, openImage } from './decode.ts';
import { thumbnailPx } from './limits.ts';
import type { ImportedImage } from './operations.ts';
import { readImageFile } from './read-file.ts';

/** Hashes, measures and decodes a file once; the thumbnail proves that all of it can be decoded. */
export async function importImage(path: string): Promise<Result<ImportedImage>> {
  const file = readImageFile(path);
  if (!file.ok) return file;
  const image = openImage(path, file.value);
  if (!image.ok) return image;
  const { format, describe, decode } = image.value;
  return attempt(path, format, async () => {
    const { width, height, orientation } = await describe();
    const thumbnail = await (
      await decode()
    )
      .resize(thumbnailPx, thumbnailPx, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80, effort: 1 })
      .toBuffer();
    const hash = createHash('sha256').update(file.value).digest('hex');
    return { hash, bytes: file.value.byteLength, width, height, orientation, format, thumbnail };
  });
}
