import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { type Augmentation, defaultAugmentation } from '#contract/training.ts';
import { Augmenter } from '#learn/augment/augmenter.ts';
import { imageRandom } from '#learn/augment/image-random.ts';
import { PixelFile } from '../tune/pixel-file.ts';
import { AugmentThreads } from './augment-threads.ts';
import { openImages } from './open-images.ts';

const [size, count, seed] = [16, 24, 3];
const bytes = size * size * 3;
const unchanged = { ...defaultAugmentation, mirror: false, crop: 0, brightness: 0, contrast: 0 };

let folder = '';
let path = '';
let images = new Uint8Array();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emend-augment-'));
  path = join(folder, 'pixels');
  const random = seededRandom(1);
  images = Uint8Array.from({ length: count * bytes }, () => random.int(256));
  await writeFile(path, images);
});
afterAll(() => rm(folder, { recursive: true }));

function open(augmentation: Augmentation) {
  return openImages({
    path,
    size,
    augmentation,
    seed,
    train: Int32Array.from({ length: count }, (_, i) => i),
  });
}

test('threads vary images as is done here, whichever of them is asked and in whatever order', async () => {
  const augmentation = { ...defaultAugmentation, rotation: 15, elastic: 0.05 };
  const augmenter = new Augmenter({ settings: augmentation, size, axes: new Float64Array(9) });
  const reader = await open(augmentation);
  const steps = [40, 0, 8, 16, 24, 32];
  const batches = await Promise.all(
    steps.map(async (first) => {
      const positions = Int32Array.of(5, 0, count - 1).map((position) => (position + first) % count);
      const into = new Uint8Array(4 * bytes);
      await reader.read(positions, into, first);
      return { positions, into, first };
    }),
  );
  await reader.close();
  for (const { positions, into, first } of batches) {
    positions.forEach((position, i) => {
      const expected = new Uint8Array(bytes);
      const image = images.subarray(position * bytes, (position + 1) * bytes);
      augmenter.vary(image, expected, imageRandom(seed, first + i));
      expect(into.subarray(i * bytes, (i + 1) * bytes)).toEqual(expected);
    });
    expect(into.subarray(3 * bytes).every((byte) => byte === 0)).toBe(true);
  }
});

test('colours are moved along the axes of the images themselves, the same when opened again', async () => {
  const variantOf = async (augmentation: Augmentation): Promise<Uint8Array> => {
    const reader = await open(augmentation);
    const into = new Uint8Array(bytes);
    await reader.read(Int32Array.of(2), into, 0);
    await reader.close();
    return into;
  };
  const augmentation = { ...unchanged, pcaColour: 0.5 };
  const first = await variantOf(augmentation);
  expect(first).not.toEqual(images.slice(2 * bytes, 3 * bytes));
  expect(await variantOf(augmentation)).toEqual(first);
});

test('where nothing is varied no thread is started', async () => {
  const reader = await open(unchanged);
  expect(reader).toBeInstanceOf(PixelFile);
  const into = new Uint8Array(bytes);
  await reader.read(Int32Array.of(7), into, 0);
  await reader.close();
  expect(into).toEqual(images.slice(7 * bytes, 8 * bytes));
});

test('what goes wrong in a thread is told to the one who asked, and to all who ask after', async () => {
  const reader = await open(defaultAugmentation);
  await truncate(path, 3 * bytes);
  const into = new Uint8Array(bytes);
  await expect(reader.read(Int32Array.of(9), into, 0)).rejects.toThrow('cut short');
  await reader.read(Int32Array.of(1), into, 0);
  await reader.close();
  await expect(reader.read(Int32Array.of(1), into, 0)).rejects.toThrow('were ended');
  await writeFile(path, images);
});

test('a thread that cannot start fails what waits for it', async () => {
  const axes = new Float64Array(9);
  const threads = new AugmentThreads({
    path: `${path}-gone`,
    size,
    settings: defaultAugmentation,
    seed,
    axes,
  });
  const into = new Uint8Array(bytes);
  await expect(threads.read(Int32Array.of(1), into, 0)).rejects.toThrow('ENOENT');
  await expect(threads.read(Int32Array.of(1), into, 0)).rejects.toThrow('ENOENT');
  await threads.close();
});
