import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { readCifar } from './cifar.ts';
import { sharedPath } from './shared.ts';

/** Images of a set as square pixels, with labels 0 … classCount − 1 and groups that folds keep together. */
export interface LabelledPixels {
  readonly pixels: Uint8Array;
  readonly count: number;
  readonly size: number;
  readonly labels: Int32Array;
  readonly classCount: number;
  readonly groups: Int32Array;
}

interface LabelledFile {
  readonly content: Uint8Array;
  readonly label: number;
  readonly group: string;
}

/** Pollen-bearing bees (1) and others (0), grouped by video frame; null where the shared data are absent. */
export async function readBees(size: number): Promise<LabelledPixels | null> {
  const folder = sharedPath('data', 'bee_pollen');
  if (folder === null) return null;
  const files: LabelledFile[] = [];
  for (const [label, name] of ['NP', 'P'].entries()) {
    for (const file of (await readdir(join(folder, name))).sort()) {
      const content = await readFile(join(folder, name, file));
      files.push({ content, label, group: /\d+/.exec(file)?.[0] ?? file });
    }
  }
  return toPixels(files, size);
}

/** White blood cells, 300 of five classes, one of them with a single example; null where the data are absent. */
export async function readBloodCells(size: number): Promise<LabelledPixels | null> {
  const folder = sharedPath('data', 'wbc_cells');
  if (folder === null) return null;
  const table = await readFile(join(folder, 'class_labels_dataset1.csv'), 'utf8');
  const files: LabelledFile[] = [];
  for (const line of table.trim().split('\n').slice(1)) {
    const [id = '', label = ''] = line.trim().split(',');
    const content = await readFile(join(folder, 'dataset1', `${id.padStart(3, '0')}.png`));
    files.push({ content, label: Number(label) - 1, group: id });
  }
  return toPixels(files, size);
}

/** CIFAR-10 images with their clean labels, and those of human annotators (−1 for test images). */
export async function readCifarPixels(
  part: 'train' | 'test',
  size: number,
): Promise<(LabelledPixels & { readonly aggregate: Int32Array }) | null> {
  const folder = sharedPath('data', 'cifar10n_10k', ...(part === 'test' ? ['test_2k'] : []));
  if (folder === null) return null;
  const images = await readCifar(folder, part === 'test' ? 2000 : 10_000);
  const files = images.map(({ bytes, clean, name }) => ({
    content: bytes,
    label: Number(clean),
    group: name,
  }));
  const aggregate = Int32Array.from(images, (one) => (one.aggregate === '' ? -1 : Number(one.aggregate)));
  return { ...(await toPixels(files, size)), aggregate };
}

async function toPixels(files: readonly LabelledFile[], size: number): Promise<LabelledPixels> {
  const pixels = new Uint8Array(files.length * size * size * 3);
  for (const [i, { content }] of files.entries()) {
    const squashed = sharp(content).removeAlpha().toColourspace('srgb').resize(size, size, { fit: 'fill' });
    pixels.set(await squashed.raw().toBuffer(), i * size * size * 3);
  }
  const groups = [...new Set(files.map(({ group }) => group))];
  const groupNumbers = new Map(groups.map((group, number) => [group, number]));
  const labels = Int32Array.from(files, ({ label }) => label);
  return {
    pixels,
    count: files.length,
    size,
    labels,
    classCount: labels.reduce((most, label) => Math.max(most, label), 0) + 1,
    groups: Int32Array.from(files, ({ group }) => groupNumbers.get(group) ?? 0),
  };
}
