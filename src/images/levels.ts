import type { Metadata, Sharp } from 'sharp';

/** Display value = scale × stored value + offset, in the range of the image's own colour space. */
export interface Levels {
  readonly scale: number;
  readonly offset: number;
}

const measuredPx = 512;
const white: Readonly<Record<string, number>> = { grey16: 65535, rgb16: 65535, 'b-w': 255, srgb: 255 };

/**
 * How the values of an image with more than 8 bits a channel become display values; null where they already are.
 *
 * Cameras store 10, 12 or 14 bits in 16, which shows as black when divided by 256. The brightest pixel tells how many
 * bits are used, and the range is stretched by that power of two: unlike a stretch to each image's minimum and
 * maximum, this keeps images of one camera comparable with each other. Floats up to 1 are taken as 0–1. Where values
 * are negative there is no such convention, and minimum and maximum are used.
 * @param open a new decoding of the image
 */
export async function levelsOf(open: () => Sharp): Promise<Levels | null> {
  const metadata = await open().metadata();
  const top = white[metadata.space];
  if (top === undefined || metadata.depth === 'uchar') return null;
  const { low, high } = await range(metadata, open());
  if (low < 0) return { scale: top / (high - low || 1), offset: (-low * top) / (high - low || 1) };
  const ceiling = ceilingOf(high);
  return ceiling === 65535 && top === 65535 ? null : { scale: top / ceiling, offset: 0 };
}

/** The largest value of the smallest number of bits, from 8, that holds `high`; 1 for fractions. */
function ceilingOf(high: number): number {
  if (high <= 1) return 1;
  return 2 ** Math.max(8, Math.ceil(Math.log2(high + 1))) - 1;
}

async function range(metadata: Metadata, image: Sharp): Promise<{ low: number; high: number }> {
  const { data } = await image
    .resize(measuredPx, measuredPx, { fit: 'inside', withoutEnlargement: true, kernel: 'nearest' })
    .removeAlpha()
    .pipelineColourspace(metadata.space)
    .toColourspace(metadata.space)
    .raw({ depth: 'float' })
    .toBuffer({ resolveWithObject: true });
  const values = new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high && value < Infinity) high = value;
  }
  return { low: Number.isFinite(low) ? low : 0, high: Number.isFinite(high) ? high : 0 };
}
