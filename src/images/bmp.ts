import { err, ok, type Result } from '#base/result.ts';
import { maxPixels } from './limits.ts';

/** A decoded bitmap: RGB, 8 bits a channel, top row first. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  /** Where each channel lies in a pixel of 16 or 32 bits. */
  readonly masks: readonly [number, number, number];
  readonly palette: Uint8Array;
  readonly start: number;
}

const masks16 = [0x7c00, 0x03e0, 0x001f] as const;
const masks32 = [0xff0000, 0xff00, 0xff] as const;

/**
 * Decodes an uncompressed Windows or OS/2 bitmap of 1, 4, 8, 16, 24 or 32 bits; alpha is ignored, as Windows does.
 * The error is a sentence.
 */
export function decodeBmp(file: Uint8Array): Result<Bitmap, string> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  try {
    const header = readHeader(view, file);
    if (!header.ok) return header;
    return decodeRows(header.value, file, view);
  } catch (error) {
    if (error instanceof RangeError) return err('The BMP file is cut short; copy it again.');
    throw error;
  }
}

function readHeader(view: DataView, file: Uint8Array): Result<Header, string> {
  const size = view.getUint32(14, true);
  const fields = size === 12 ? os2Fields(view) : windowsFields(view);
  const refusal = refusalOf(fields);
  if (refusal !== null) return err(refusal);
  const { width, signedHeight, bits, compression } = fields;
  const hasMasks = compression !== 0;
  const start = view.getUint32(10, true);
  const paletteStart = 14 + size + (hasMasks && size === 40 ? 12 : 0);
  const palette = readPalette(file.subarray(paletteStart, start), size === 12 ? 3 : 4);
  const masks = hasMasks ? readMasks(view) : bits === 16 ? masks16 : masks32;
  return ok({
    width,
    height: Math.abs(signedHeight),
    isTopDown: signedHeight < 0,
    bits,
    masks,
    palette,
    start,
  });
}

function refusalOf({ width, signedHeight, bits, compression }: Fields): string | null {
  const height = Math.abs(signedHeight);
  if (width <= 0 || height === 0) return 'The BMP file is damaged: its size is not a size.';
  if (width * height > maxPixels) {
    return `The image has ${width} × ${height} pixels, more than 300 megapixels; save a smaller version.`;
  }
  if (![1, 4, 8, 16, 24, 32].includes(bits)) return 'The BMP file is damaged: no such number of colours.';
  // 3 and 6 mean masks, which are no compression; the others are run lengths, JPEG and PNG.
  return [0, 3, 6].includes(compression) ? null : 'Compressed BMP files cannot be read; save it as PNG.';
}

interface Fields {
  readonly width: number;
  /** Negative where the top row comes first. */
  readonly signedHeight: number;
  readonly bits: number;
  readonly compression: number;
}

function os2Fields(view: DataView): Fields {
  const [width, signedHeight] = [view.getUint16(18, true), view.getInt16(20, true)];
  return { width, signedHeight, bits: view.getUint16(24, true), compression: 0 };
}

function windowsFields(view: DataView): Fields {
  const [width, signedHeight] = [view.getInt32(18, true), view.getInt32(22, true)];
  return { width, signedHeight, bits: view.getUint16(28, true), compression: view.getUint32(30, true) };
}

function readMasks(view: DataView): readonly [number, number, number] {
  return [view.getUint32(54, true), view.getUint32(58, true), view.getUint32(62, true)];
}

/** Colours as RGB, always 256 of them, so that an index beyond the file's palette is black. */
function readPalette(bytes: Uint8Array, stride: number): Uint8Array {
  const palette = new Uint8Array(256 * 3);
  for (let i = 0; i < Math.min(256, Math.floor(bytes.length / stride)); i++) {
    for (let channel = 0; channel < 3; channel++) {
      palette[3 * i + channel] = bytes[stride * i + 2 - channel] ?? 0;
    }
  }
  return palette;
}

type PutPixel = (rowStart: number, x: number, at: number) => void;

function decodeRows(header: Header, file: Uint8Array, view: DataView): Result<Bitmap, string> {
  const { width, height } = header;
  const rowBytes = Math.ceil((width * header.bits) / 32) * 4;
  // Checked before the memory is asked for: a header of a hundred bytes may claim any size.
  if (header.start + rowBytes * height > file.length + 3) {
    return err('The BMP file is cut short; copy it again.');
  }
  const data = new Uint8Array(width * height * 3);
  const put = pixelReader(header, { file, view, data });
  for (let y = 0; y < height; y++) {
    const row = header.isTopDown ? y : height - 1 - y;
    for (let x = 0; x < width; x++) put(header.start + row * rowBytes, x, (y * width + x) * 3);
  }
  return ok({ width, height, data });
}

interface Buffers {
  readonly file: Uint8Array;
  readonly view: DataView;
  readonly data: Uint8Array;
}

function pixelReader(header: Header, { file, view, data }: Buffers): PutPixel {
  const { bits, palette } = header;
  if (bits <= 8) {
    const perByte = 8 / bits;
    const mask = (1 << bits) - 1;
    return (rowStart, x, at) => {
      const byte = file[rowStart + Math.floor(x / perByte)] ?? 0;
      const index = (byte >> (8 - bits * ((x % perByte) + 1))) & mask;
      for (let c = 0; c < 3; c++) data[at + c] = palette[3 * index + c] ?? 0;
    };
  }
  if (bits === 24) {
    return (rowStart, x, at) => {
      for (let c = 0; c < 3; c++) data[at + c] = file[rowStart + 3 * x + 2 - c] ?? 0;
    };
  }
  const channels = header.masks.map((mask) => ({ mask: mask >>> 0, shift: mask === 0 ? 0 : ctz(mask) }));
  return (rowStart, x, at) => {
    const pixel =
      bits === 16 ? view.getUint16(rowStart + 2 * x, true) : view.getUint32(rowStart + 4 * x, true);
    for (const [c, { mask, shift }] of channels.entries()) {
      const highest = mask >>> shift;
      data[at + c] = highest === 0 ? 0 : Math.round((((pixel & mask) >>> shift) * 255) / highest);
    }
  };
}

/** Zeros at the low end of a number that is not zero. */
function ctz(value: number): number {
  return 31 - Math.clz32(value & -value);
}
