import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import type { Result } from '#base/result.ts';
import { sharedPath } from '#test/support/shared.ts';
import { createImagePool, type ImagePool } from './image-pool.ts';
import { isImageName } from './image-name.ts';

let pool: ImagePool;
let folder: string;

beforeAll(() => {
  pool = createImagePool({ processes: 2 });
  folder = mkdtempSync(join(tmpdir(), 'emend-images-'));
});
afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true });
});

function valueOf<T>(result: Result<T> | undefined): T {
  const { ok, ...rest } = must(result, 'one result for each path');
  if (!ok) throw new Error(JSON.stringify(rest));
  return (rest as { value: T }).value;
}
function reasonOf(result: Result<unknown> | undefined): string {
  return result === undefined || result.ok ? '' : result.error.reason;
}
function save(name: string, bytes: Uint8Array | string): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}
async function pixelsOf(path: string, size = 8): Promise<Uint8Array> {
  return valueOf((await pool.pixels([path], { size }))[0]);
}
function meanDifference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - must(b[i], 'equal lengths')), 0) / a.length;
}
/** A square grey TIFF of 32-bit floats that are all the same. */
function floatTiff(side: number, value: number): Buffer {
  const tags = [
    [256, side],
    [257, side],
    [258, 32],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, side],
    [279, 4 * side * side],
    [339, 3],
  ] as const;
  const pixels = Buffer.from(new Float32Array(side * side).fill(value).buffer);
  const directory = Buffer.alloc(2 + 12 * tags.length + 4);
  directory.writeUInt16LE(tags.length, 0);
  for (const [i, [tag, content]] of tags.entries()) {
    directory.writeUInt16LE(tag, 2 + 12 * i);
    directory.writeUInt16LE(4, 4 + 12 * i);
    directory.writeUInt32LE(1, 6 + 12 * i);
    directory.writeUInt32LE(content, 10 + 12 * i);
  }
  const header = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0]);
  header.writeUInt32LE(8 + pixels.length, 4);
  return Buffer.concat([header, pixels, directory]);
}
const solid = (width: number, height: number, background: string): Sharp =>
  sharp({ create: { width, height, channels: 4, background } });

describe('what every decoder must survive', () => {
  const root = sharedPath('data', 'odd_images');

  // Files that Pillow opens and we refuse: kinds of file that no layer of ours decodes.
  const unread = [
    /\.(ico|ppm|pgm|dds|fli|im|msp|pxr|rgb|sgi|xbm)$/, // formats outside the list
    /(badrle|rle8_row_overflow)\.bmp$/, // run-length compressed BMP, damaged at that
    /(hopper\.Lab|lab|lab-green)\.tif$/, // CIELAB of an unusual layout
    /(lzma|zstd)\.u[12]\.tif$/, // compressions that libvips is built without
    /(ojpeg|old-style-jpeg)/, // JPEG in TIFF as before 1995
    /12bit\.cropped\.tif$/, // 12 bits packed
    /separate\.tiled/, // tiled planes
    /broken_data_stream\.png$/, // Pillow fails too once it loads the pixels
    /multipage_single_frame_loop\.tiff$/, // the directory of pages points at itself
  ];

  test.skipIf(root === null)(
    'each odd file ends as an image or as one sentence',
    { timeout: 120_000 },
    async () => {
      const dir = must(root, 'skipped otherwise');
      const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
        .filter((name) => statSync(join(dir, name)).isFile())
        .sort();
      const paths = files.map((name) => join(dir, name));
      const imported = await pool.importImages(paths);
      const pixels = await pool.pixels(paths, { size: 16 });
      const rendered = await Promise.all(paths.map((path) => pool.render(path)));

      const inventory = readFileSync(join(dir, 'inventory.csv'), 'utf8').split('\n');
      const pillow = new Set(
        inventory.filter((row) => row.endsWith(',ok')).map((row) => row.replaceAll('"', '').split(',')[0]),
      );
      const refused: string[] = [];
      for (const [i, result] of imported.entries()) {
        const name = must(files[i], 'one result for each path');
        expect(pixels[i]?.ok, name).toBe(result.ok);
        if (result.ok) expect(rendered[i]?.ok, name).toBe(true);
        else {
          expect(result.error.reason, name).toMatch(/^[A-Z].{10,230}\.$/);
          if (pillow.has(name)) refused.push(name);
        }
      }
      expect(refused.filter((name) => !unread.some((pattern) => pattern.test(name)))).toEqual([]);
      expect(imported.filter((result) => result.ok).length).toBeGreaterThanOrEqual(245);
    },
  );

  test('says what is wrong', async () => {
    const png = await solid(60, 40, '#336699').png().toBuffer();
    const claim = Buffer.from(png);
    claim.writeUInt32BE(2_000_000_000, 16);
    claim.writeUInt32BE(2_000_000_000, 20);
    const noise = Buffer.from(Array.from({ length: 120 * 120 * 3 }, (_, i) => (i * i * 7919) % 251));
    const jpeg = await sharp(noise, { raw: { width: 120, height: 120, channels: 3 } })
      .jpeg()
      .toBuffer();
    const cases: readonly (readonly [string, RegExp])[] = [
      [save('empty.jpg', ''), /empty/],
      [save('text.jpg', 'not an image, häh\n'), /text file/],
      [save('claim.png', claim), /damaged|megapixels/],
      [save('half.jpg', jpeg.subarray(0, jpeg.length / 2)), /cut short/],
      [save('vector.svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), /SVG/],
      [join(folder, 'absent.png'), /not there/],
      [folder, /not a file/],
    ];
    const results = await pool.importImages(cases.map(([path]) => path));
    for (const [i, [path, pattern]] of cases.entries()) expect(reasonOf(results[i]), path).toMatch(pattern);
  });

  test.skipIf(process.platform === 'win32')('does not wait for a pipe', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.png')]);
    expect(reasonOf((await pool.importImages([join(folder, 'pipe.png')]))[0])).toMatch(/not a file/);
  });

  test('never opens SVG, by whatever name', async () => {
    const svg = '<!-- a --><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    for (const name of ['a.png', 'a.svg']) {
      const path = save(name, svg);
      expect(reasonOf((await pool.importImages([path]))[0])).toMatch(/SVG/);
      expect((await pool.render(path)).ok).toBe(false);
    }
  });
});

describe('orientation', () => {
  test('all eight EXIF orientations give the same upright image, in display size', async () => {
    const [width, height] = [60, 40];
    const colourAt = (x: number, y: number): number[] => {
      if (x < 20 && y < 20) return [208, 48, 48];
      return x >= 40 && y >= 20 ? [48, 48, 208] : [128, 128, 128];
    };
    // Where a pixel of the upright image lies in the file (EXIF 2.3, tag 0x0112).
    const stored: readonly ((x: number, y: number) => [number, number])[] = [
      (x, y) => [x, y],
      (x, y) => [width - 1 - x, y],
      (x, y) => [width - 1 - x, height - 1 - y],
      (x, y) => [x, height - 1 - y],
      (x, y) => [y, x],
      (x, y) => [y, width - 1 - x],
      (x, y) => [height - 1 - y, width - 1 - x],
      (x, y) => [height - 1 - y, x],
    ];
    const paths = await Promise.all(
      stored.map(async (place, i) => {
        const raw = { width: i < 4 ? width : height, height: i < 4 ? height : width, channels: 3 as const };
        const data = new Uint8Array(width * height * 3);
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const [column, row] = place(x, y);
            data.set(colourAt(x, y), 3 * (row * raw.width + column));
          }
        }
        const jpeg = sharp(data, { raw })
          .withMetadata({ orientation: i + 1 })
          .jpeg({ quality: 100 });
        return save(`turned-${i + 1}.jpg`, await jpeg.toBuffer());
      }),
    );
    const imported = (await pool.importImages(paths)).map(valueOf);
    const pixels = (await pool.pixels(paths, { size: 12 })).map(valueOf);
    expect(imported.map(({ orientation }) => orientation)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const [first] = pixels;
    for (const [i, { width, height, thumbnail }] of imported.entries()) {
      expect([width, height], `orientation ${i + 1}`).toEqual([60, 40]);
      expect(await sharp(thumbnail).metadata()).toMatchObject({ width: 60, height: 40, format: 'webp' });
      expect(meanDifference(must(pixels[i], 'all read'), must(first, 'all read'))).toBeLessThan(3);
    }
    expect([...must(first, 'read').subarray(0, 3)].map((v) => Math.round(v / 16))).toEqual([13, 3, 3]);
  });
});

describe('pixels as a person sees them', () => {
  test('16 bits are scaled by the bits in use', async () => {
    const ramp = (top: number): Uint16Array =>
      Uint16Array.from({ length: 64 * 64 }, (_, i) => Math.round(((i % 64) / 63) * top));
    const write = async (name: string, top: number): Promise<string> => {
      const raw = { raw: { width: 64, height: 64, channels: 1 as const } };
      const image = sharp(ramp(top), raw).toColourspace('grey16');
      return save(name, await image.png().toBuffer());
    };
    const eightBit = Uint8Array.from({ length: 64 }, (_, i) => Math.round(((i % 8) / 7) * 255)).slice(0, 8);
    for (const [name, top] of [
      ['full.png', 65535],
      ['twelve.png', 4095],
      ['ten.png', 1023],
    ] as const) {
      const row = (await pixelsOf(await write(name, top))).subarray(0, 24).filter((_, i) => i % 3 === 0);
      expect(meanDifference(row, eightBit), name).toBeLessThan(16);
      expect(row[0], name).toBeLessThan(25);
      expect(row[7], name).toBeGreaterThan(230);
    }
  });

  test('a float TIFF between 0 and 1 is not black', async () => {
    const path = save('float.tif', floatTiff(32, 0.5));
    expect((await pixelsOf(path))[0]).toBeGreaterThan(100);
  });

  test('CMYK becomes RGB', async () => {
    const cmyk = await solid(40, 40, '#e02020').flatten().toColourspace('cmyk').jpeg().toBuffer();
    const path = save('cmyk.jpg', cmyk);
    const [red = 0, green = 0, blue = 0] = await pixelsOf(path);
    expect(red).toBeGreaterThan(150);
    expect(Math.max(green, blue)).toBeLessThan(90);
    expect(valueOf(await pool.render(path)).mediaType).toBe('image/png');
  });

  test('transparency shows neutral grey', async () => {
    const path = save('clear.png', await solid(30, 30, '#ff000000').png().toBuffer());
    expect([...(await pixelsOf(path)).subarray(0, 3)]).toEqual([128, 128, 128]);
  });

  test('of an animation, the first frame', async () => {
    const frames = Buffer.concat([Buffer.alloc(300, 250), Buffer.alloc(300, 5)]);
    const gif = sharp(frames, { raw: { width: 10, height: 20, channels: 3, pageHeight: 10 } }).gif();
    const path = save('two.gif', await gif.toBuffer());
    const [imported] = await pool.importImages([path]);
    expect(valueOf(imported)).toMatchObject({ width: 10, height: 10, format: 'gif' });
    expect((await pixelsOf(path))[0]).toBeGreaterThan(240);
    expect(valueOf(await pool.render(path)).mediaType).toBe('image/png');
  });

  test('squashed, or its centre cropped', async () => {
    const wide = sharp({ create: { width: 90, height: 30, channels: 3, background: '#00ff00' } }).composite([
      { input: await solid(30, 30, '#0000ff').png().toBuffer(), left: 30, top: 0 },
    ]);
    const path = save('wide.png', await wide.png().toBuffer());
    const at = (pixels: Uint8Array, x: number): string =>
      must(pixels[3 * x + 1], 'in it') > 128 ? 'green' : 'blue';
    const [squashed] = (await pool.pixels([path], { size: 9 })).map(valueOf);
    const [cropped] = (await pool.pixels([path], { size: 9, fit: 'crop' })).map(valueOf);
    expect(at(must(squashed, 'read'), 0)).toBe('green');
    expect(at(must(squashed, 'read'), 4)).toBe('blue');
    expect(at(must(cropped, 'read'), 0)).toBe('blue');
  });
});

describe('what is recorded and shown', () => {
  test('hash, size, format and a small thumbnail', async () => {
    const bytes = await solid(1000, 500, '#80a0c0').flatten().jpeg().toBuffer();
    const path = save('large.jpg', bytes);
    const image = valueOf((await pool.importImages([path]))[0]);
    const hash = createHash('sha256').update(bytes).digest('hex');
    expect(image).toMatchObject({ hash, bytes: bytes.length, width: 1000, height: 500, format: 'jpeg' });
    expect(await sharp(image.thumbnail).metadata()).toMatchObject({ width: 320, height: 160 });
  });

  test('the very bytes where a browser shows them, a rendition elsewhere', async () => {
    const jpeg = await solid(20, 20, '#123456').flatten().jpeg().toBuffer();
    const shown = valueOf(await pool.render(save('plain.jpg', jpeg)));
    expect(shown.mediaType).toBe('image/jpeg');
    expect(Buffer.compare(shown.data, jpeg)).toBe(0);
    const tiff = await solid(20, 20, '#123456').tiff().toBuffer();
    expect(valueOf(await pool.render(save('plain.tif', tiff))).mediaType).toBe('image/png');
    const turned = await solid(20, 10, '#123456').withMetadata({ orientation: 6 }).png().toBuffer();
    const upright = valueOf(await pool.render(save('turned.png', turned)));
    expect(await sharp(upright.data).metadata()).toMatchObject({ width: 10, height: 20 });
  });

  test('a rendition is at most 8192 pixels long', async () => {
    const path = save('long.png', await solid(9000, 12, '#445566').png().toBuffer());
    const { width } = await sharp(valueOf(await pool.render(path)).data).metadata();
    expect(width).toBe(8192);
  });
});

test('names that are tried', () => {
  for (const name of ['a.jpg', 'b/UPPER.JPG', 'x.y.tiff', 'c\\d.webp', 'photo.heic']) {
    expect(isImageName(name), name).toBe(true);
  }
  for (const name of ['a.txt', 'jpg', '.jpg', '._a.jpg', 'folder.jpg/readme', 'labels.csv']) {
    expect(isImageName(name), name).toBe(false);
  }
});
