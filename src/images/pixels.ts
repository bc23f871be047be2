import { assert } from '#base/assert.ts';
import type { Result } from '#base/result.ts';
import { attempt, openImage } from './decode.ts';
import type { Fit } from './operations.ts';
import { readImageFile } from './read-file.ts';

const sharpFits = { squash: 'fill', crop: 'cover' } as const;

/** A backbone's input: size × size RGB, 8 bits a channel, upright, on neutral grey, high-quality downscaling. */
export async function readPixels(path: string, size: number, fit: Fit): Promise<Result<Uint8Array>> {
  const file = readImageFile(path);
  if (!file.ok) return file;
  const image = openImage(path, file.value);
  if (!image.ok) return image;
  return attempt(path, image.value.format, async () => {
    const pixels = await (
      await image.value.decode()
    )
      .resize(size, size, { fit: sharpFits[fit] })
      .raw()
      .toBuffer();
    assert(pixels.length === size * size * 3, 'pixels are square RGB');
    return pixels;
  });
}
