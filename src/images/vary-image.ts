import sharp from 'sharp';
import { ok, type Result } from '#base/result.ts';
import { Augmenter } from '#learn/augment/augmenter.ts';
import { imageRandom } from '#learn/augment/image-random.ts';
import type { Rendition, VaryTask } from './operations.ts';

/** Varies pixels that were decoded before, as training does, for a person to look at. */
export async function varyImage({ pixels, seed, ...options }: VaryTask): Promise<Result<Rendition>> {
  const { size } = options;
  const variant = new Uint8Array(pixels.length);
  new Augmenter(options).vary(pixels, variant, imageRandom(seed, 0));
  const image = sharp(variant, { raw: { width: size, height: size, channels: 3 } });
  return ok({ mediaType: 'image/png', data: await image.png({ compressionLevel: 2 }).toBuffer() });
}
