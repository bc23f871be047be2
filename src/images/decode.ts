import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { decodeBmp } from './bmp.ts';
import { decodeProblem } from './decode-problem.ts';
import { levelsOf, type Levels } from './levels.ts';
import { decodeSeconds, maxPixels } from './limits.ts';
import { readImageFile } from './read-file.ts';
import { sniff, type ImageFormat } from './sniff.ts';

// One image at a time in each process, one thread each: the pool has a process per core. Only the loaders of the
// formats we know can be reached, whatever a file pretends to be; SVG and PDF can run programs or open other files.
sharp.concurrency(1);
sharp.cache(false);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Tiff', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}`),
});

/**
 * A file that is cut short is an error, as in Pillow and the training tools built on it: half an image that is grey
 * below would be labelled and learned from like a whole one. Oddities that cost no pixel (stray bytes between
 * markers, broken EXIF) are accepted. For TIFF alone a warning is an error too: libvips only warns of tiles in a
 * compression it does not know, and leaves them black.
 */
function inputOptions(format: ImageFormat): SharpOptions {
  const failOn = format === 'tiff' ? 'warning' : 'error';
  return { failOn, limitInputPixels: maxPixels, page: 0, pages: 1 };
}

/** Behind transparent pixels. */
const neutralGrey = '#808080';

/** An image whose format is known; nothing is read of it yet. */
export interface OpenImage {
  readonly format: ImageFormat;
  /** The file as it is. */
  readonly bytes: Buffer;
  /** Reads the header. */
  readonly describe: () => Promise<Description>;
  /** A new decoding of the first frame: upright, 8-bit sRGB, on neutral grey; resize it, then encode it. */
  readonly decode: () => Promise<Sharp>;
}

export interface Description {
  /** Size in pixels in display orientation. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1–8. */
  readonly orientation: number;
  /** Whether a browser shows these very bytes the same way: 8-bit grey or RGB, one frame, upright by itself. */
  readonly isPlain: boolean;
}

/** Reads a file and works on the image in it; what the decoder throws meanwhile becomes a problem in words. */
export async function withImage<T>(path: string, work: (image: OpenImage) => Promise<T>): Promise<Result<T>> {
  const bytes = readImageFile(path);
  if (!bytes.ok) return bytes;
  const image = openImage(path, bytes.value);
  if (!image.ok) return image;
  try {
    return ok(await work(image.value));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return err(decodeProblem(path, image.value.format, message));
  }
}

/** Opens an image with the decoder for its first bytes. */
function openImage(path: string, bytes: Buffer): Result<OpenImage> {
  const format = sniff(bytes);
  if (!format.ok) return err(problem('unsupported', path, format.error));
  return format.value === 'bmp' ? openBmp(path, bytes) : ok(openWithSharp(format.value, bytes));
}

function openBmp(path: string, bytes: Buffer): Result<OpenImage> {
  const bitmap = decodeBmp(bytes);
  if (!bitmap.ok) return err(problem('damaged', path, bitmap.error));
  const { width, height, data } = bitmap.value;
  const raw: SharpOptions = { raw: { width, height, channels: 3 }, limitInputPixels: maxPixels };
  return ok({
    format: 'bmp',
    bytes,
    describe: async () => ({ width, height, orientation: 1, isPlain: true }),
    decode: async () => sharp(data, raw),
  });
}

/** Formats that may hold more than 8 bits a channel. */
const deepFormats: ReadonlySet<ImageFormat> = new Set(['png', 'tiff', 'avif']);

function openWithSharp(format: ImageFormat, bytes: Buffer): OpenImage {
  const upright = (): Sharp =>
    sharp(bytes, inputOptions(format)).timeout({ seconds: decodeSeconds }).autoOrient();
  return {
    format,
    bytes,
    describe: async () => describe(await upright().metadata(), bytes),
    decode: async () => {
      const levels = deepFormats.has(format) ? await levelsOf(upright) : null;
      return applyLevels(upright(), levels).flatten({ background: neutralGrey }).toColourspace('srgb');
    },
  };
}

function describe(metadata: Metadata, bytes: Buffer): Description {
  const { width, height } = metadata.autoOrient;
  return { width, height, orientation: metadata.orientation ?? 1, isPlain: isPlain(metadata, bytes) };
}

function applyLevels(image: Sharp, levels: Levels | null): Sharp {
  return levels === null ? image : image.linear(levels.scale, levels.offset);
}

const browserFormats = new Set<string | undefined>(['jpeg', 'png', 'webp', 'gif', 'heif']);

function isPlain(metadata: Metadata, bytes: Buffer): boolean {
  const { format, depth, space } = metadata;
  const isEightBit = depth === 'uchar' && (space === 'srgb' || space === 'b-w');
  return browserFormats.has(format) && isEightBit && isShownUpright(metadata) && !isAnimated(metadata, bytes);
}

/** Browsers turn a JPEG by its EXIF; over other formats they differ. */
function isShownUpright({ format, orientation = 1 }: Metadata): boolean {
  return orientation === 1 || format === 'jpeg';
}

function isAnimated({ format, pages = 1 }: Metadata, bytes: Buffer): boolean {
  return pages > 1 || (format === 'png' && bytes.subarray(0, 4096).includes('acTL'));
}
