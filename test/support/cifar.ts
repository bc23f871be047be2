import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A packed image of the shared CIFAR-10N selection, with its labels as class numbers. */
export interface CifarImage {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly clean: string;
  /** The majority of three human annotators; empty for test images. */
  readonly aggregate: string;
}

/** Reads a packed selection (`images.bin`, `index.csv`), in its order. */
export async function readCifar(folder: string, count: number): Promise<CifarImage[]> {
  const packed = await readFile(join(folder, 'images.bin'));
  const lines = (await readFile(join(folder, 'index.csv'), 'utf8'))
    .trim()
    .split('\n')
    .slice(1, count + 1);
  return lines.map((line) => {
    const [index = '', offset = '', length = '', clean = '', aggregate = ''] = line.trim().split(',');
    const start = Number(offset);
    const name = `${index.padStart(5, '0')}.jpg`;
    return { name, bytes: packed.subarray(start, start + Number(length)), clean, aggregate };
  });
}

/** Writes images as files into a folder. */
export async function unpackCifar(images: readonly CifarImage[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const image of images) await writeFile(join(folder, image.name), image.bytes);
}

/** Writes a label file for the images. */
export async function writeLabels(
  images: readonly CifarImage[],
  labelOf: (image: CifarImage) => string,
  file: string,
): Promise<void> {
  const rows = images.map((image) => `${image.name},class ${labelOf(image)}`);
  await writeFile(file, `path,label\n${rows.join('\n')}\n`);
}
