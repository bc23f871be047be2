import { describe, expect, test } from 'vitest';
import { decodeBmp } from './bmp.ts';

interface Parts {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly compression?: number;
  readonly masks?: readonly number[];
  readonly palette?: readonly number[];
  readonly rows: readonly (readonly number[])[];
}

/** A bitmap with a 40-byte header, its rows as they are stored. */
function bmp({ width, height, bits, compression = 0, masks = [], palette = [], rows }: Parts): Buffer {
  const start = 54 + 4 * masks.length + palette.length;
  const header = Buffer.alloc(54 + 4 * masks.length);
  header.write('BM', 0, 'latin1');
  header.writeUInt32LE(start, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(compression, 30);
  masks.forEach((mask, i) => header.writeUInt32LE(mask, 54 + 4 * i));
  return Buffer.concat([header, Buffer.from(palette), Buffer.from(rows.flat())]);
}
const pixels = (parts: Parts): number[] => {
  const result = decodeBmp(bmp(parts));
  if (!result.ok) throw new Error(result.error);
  return [...result.value.data];
};

describe('decodeBmp', () => {
  test('24 bits, rows padded to four bytes, bottom row first', () => {
    const rows = [
      [3, 2, 1, 0],
      [6, 5, 4, 0],
    ];
    expect(pixels({ width: 1, height: 2, bits: 24, rows })).toEqual([4, 5, 6, 1, 2, 3]);
    expect(pixels({ width: 1, height: -2, bits: 24, rows })).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('palettes of 1, 4 and 8 bits', () => {
    const palette = [0, 0, 0, 0, 30, 20, 10, 0];
    expect(pixels({ width: 2, height: 1, bits: 1, palette, rows: [[0b01000000, 0, 0, 0]] })).toEqual([
      0, 0, 0, 10, 20, 30,
    ]);
    expect(pixels({ width: 2, height: 1, bits: 4, palette, rows: [[0x10, 0, 0, 0]] })).toEqual([
      10, 20, 30, 0, 0, 0,
    ]);
    expect(pixels({ width: 2, height: 1, bits: 8, palette, rows: [[1, 9, 0, 0]] })).toEqual([
      10, 20, 30, 0, 0, 0,
    ]);
  });

  test('16 bits as 5-5-5 and by masks, 32 bits with and without masks', () => {
    expect(pixels({ width: 1, height: 1, bits: 16, rows: [[0x00, 0x7c, 0, 0]] })).toEqual([255, 0, 0]);
    const masks = [0xf800, 0x07e0, 0x001f];
    expect(
      pixels({ width: 1, height: 1, bits: 16, compression: 3, masks, rows: [[0xe0, 0x07, 0, 0]] }),
    ).toEqual([0, 255, 0]);
    expect(pixels({ width: 1, height: 1, bits: 32, rows: [[3, 2, 1, 99]] })).toEqual([1, 2, 3]);
    const high = [0xff000000, 0x00ff0000, 0x0000ff00];
    expect(
      pixels({ width: 1, height: 1, bits: 32, compression: 3, masks: high, rows: [[9, 3, 2, 1]] }),
    ).toEqual([1, 2, 3]);
  });

  test('refuses what is cut short, huge or compressed, without asking for its memory', () => {
    const reason = (file: Buffer): string => {
      const result = decodeBmp(file);
      return result.ok ? '' : result.error;
    };
    expect(reason(bmp({ width: 9, height: 9, bits: 24, rows: [] }))).toMatch(/cut short/);
    expect(reason(bmp({ width: 2e9, height: 2e9, bits: 24, rows: [] }))).toMatch(/megapixels/);
    expect(reason(bmp({ width: 9, height: 9, bits: 8, compression: 1, rows: [] }))).toMatch(/Compressed/);
    expect(reason(bmp({ width: 0, height: 9, bits: 8, rows: [] }))).toMatch(/not a size/);
    expect(reason(Buffer.from('BM'))).toMatch(/cut short/);
  });
});
