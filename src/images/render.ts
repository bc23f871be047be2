import type { Sharp } from 'sharp';
import type { Result } from '#base/result.ts';
import { withImage } from './decode.ts';
import { renditionPx } from './limits.ts';
import type { Rendition } from './operations.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  bmp: 'image/bmp',
};

/** PNG keeps every value but takes a second for 10 megapixels; a larger rendition is JPEG without subsampling. */
const losslessPixels = 4_000_000;

/** What the image view shows: the file's own bytes where a browser decodes them alike, a rendition otherwise. */
export async function renderImage(path: string): Promise<Result<Rendition>> {
  return withImage(path, async ({ format, bytes, describe, decode }) => {
    const { width, height, isPlain } = await describe();
    const mediaType = mediaTypes[format];
    const isSmall = Math.max(width, height) <= renditionPx;
    if (isPlain && isSmall && mediaType !== undefined) return { mediaType, data: bytes };
    return rendition(await decode(), width * height);
  });
}

async function rendition(decoding: Sharp, pixels: number): Promise<Rendition> {
  const image = decoding.resize(renditionPx, renditionPx, { fit: 'inside', withoutEnlargement: true });
  if (pixels <= losslessPixels) {
    return { mediaType: 'image/png', data: await image.png({ compressionLevel: 2 }).toBuffer() };
  }
  const data = await image.jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer();
  return { mediaType: 'image/jpeg', data };
}
