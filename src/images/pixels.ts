import { assert } from '#base/assert.ts';
import type { Result } from '#base/result.ts';
import { withImage } from './decode.ts';
import type { Fit } from './operations.ts';

const sharpFits = { squash: 'fill', crop: 'cover' } as const;

/** A backbone's input: size × size RGB, 8 bits a channel, upright, on neutral grey, high-quality downscaling. */
export async function readPixels(path: string, size: number, fit: Fit): Promise<Result<Uint8Array>> {
  return withImage(path, async ({ decode }) => {
    const decoding = await decode();
    const pixels = await decoding.resize(size, size, { fit: sharpFits[fit] }).raw().toBuffer();
    assert(pixels.length === size * size * 3, 'pixels are square RGB');
    return pixels;
  });
}
