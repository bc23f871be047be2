import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { seededRandom } from '../../src/base/random.ts';

/** The colour around which the pixels of a picture lie. */
export type Colour = readonly [red: number, green: number, blue: number];

export const colours = { red: [200, 90, 60], blue: [60, 90, 200], green: [70, 200, 80] } as const;
export type ColourName = keyof typeof colours;

const sidePx = 32;

/** Writes noisy squares of a colour as files at these paths; the same seed draws the same pictures. */
export async function drawSquares(paths: readonly string[], colour: Colour, seed = 5): Promise<void> {
  const random = seededRandom(seed);
  for (const path of paths) {
    const pixels = Uint8Array.from(
      { length: sidePx * sidePx * 3 },
      (_, at) => colour[at % 3]! + random.int(50),
    );
    await mkdir(dirname(path), { recursive: true });
    await sharp(pixels, { raw: { width: sidePx, height: sidePx, channels: 3 } })
      .png({ compressionLevel: 1 })
      .toFile(path);
  }
}

/** A sub-folder for each colour, with this many squares named `0.png`, `1.png` …: classes that are easy to learn. */
export async function drawColours(
  folder: string,
  names: readonly ColourName[],
  count: number,
): Promise<void> {
  for (const [at, name] of names.entries()) {
    const paths = Array.from({ length: count }, (_, i) => join(folder, name, `${i}.png`));
    await drawSquares(paths, colours[name], 5 + at);
  }
}
