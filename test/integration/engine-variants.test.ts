import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { type Augmentation, defaultAugmentation } from '#contract/training.ts';
import type { ImageId } from '#core/ids.ts';
import type { Engine } from '#engine/engine.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { drawColours } from '../support/pictures.ts';
import { value } from '../support/project.ts';

const side = 48;
const unchanged = { ...defaultAugmentation, mirror: false, crop: 0, brightness: 0, contrast: 0 };

async function projectOf(count: number): Promise<TestEngine & { ids: readonly ImageId[]; images: string }> {
  const started = await startEngine();
  const { client, folder, done } = started;
  const images = join(folder, 'images');
  await drawColours(images, ['red', 'blue'], count);
  await client.project.create({ folder: join(folder, 'project'), name: 'variants' });
  await done(client.images.add({ folder: images, labels: { kind: 'none' }, annotator: null }));
  const { ids } = await client.images.list({ filter: {}, sort: {} });
  return { ...started, ids, images };
}

interface Look {
  readonly id: ImageId | undefined;
  readonly settings: Augmentation;
  readonly seed?: number;
}

async function pixelsOf(engine: Engine, { id, settings, seed = 0 }: Look): Promise<Buffer> {
  const { bytes, type } = value(await engine.variant({ id: must(id, 'an image'), side, settings, seed }));
  expect(type).toBe('image/png');
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([side, side, 3]);
  return data;
}

test('a picture is shown as training varies it, and without any change as networks see it', async () => {
  const { engine, ids, images } = await projectOf(2);
  const [id] = ids;
  const file = join(images, 'blue/0.png');
  const expected = await sharp(file).resize(side, side, { fit: 'fill' }).raw().toBuffer();
  expect(await pixelsOf(engine, { id, settings: unchanged })).toEqual(expected);
  const settings = { ...unchanged, rotation: 90 };
  const turned = await pixelsOf(engine, { id, settings, seed: 1 });
  expect(turned).not.toEqual(expected);
  expect(await pixelsOf(engine, { id, settings, seed: 1 })).toEqual(turned);
  expect(await pixelsOf(engine, { id, settings, seed: 2 })).not.toEqual(turned);
});

test('colours move along those of the whole project', async () => {
  const { engine, ids } = await projectOf(2);
  const [id] = ids;
  const before = await pixelsOf(engine, { id, settings: unchanged });
  const after = await pixelsOf(engine, { id, settings: { ...unchanged, pcaColour: 0.5 }, seed: 3 });
  const shift = [0, 1, 2].map((channel) => {
    const differences = [...after].map((byte, i) => byte - before[i]!).filter((_, i) => i % 3 === channel);
    return differences.reduce((sum, one) => sum + one, 0) / differences.length;
  });
  // Red and blue squares differ in red against blue, so that is how colours are moved.
  expect(Math.abs(shift[0]!)).toBeGreaterThan(2);
  expect(Math.sign(shift[0]!)).toBe(-Math.sign(shift[2]!));
});

test('an image that is not there, or cannot be read any more, is told', async () => {
  const { engine, ids, images } = await projectOf(2);
  const request = { side, settings: unchanged, seed: 1 };
  expect(await engine.variant({ id: 'nothing' as ImageId, ...request })).toMatchObject({
    error: { code: 'not-found', reason: 'The project has no such image.' },
  });
  await rm(images, { recursive: true });
  expect(await engine.variant({ id: ids[0]!, ...request })).toMatchObject({
    error: { code: 'not-found', reason: expect.stringContaining('gone') },
  });
});

test('a sheet of 48 pictures is made anew within the blink of an eye', async () => {
  const { engine, ids } = await projectOf(3);
  const sheet = (settings: Augmentation) =>
    Promise.all(
      ids.flatMap((id) =>
        Array.from({ length: 8 }, (_, seed) => engine.variant({ id, side: 96, settings, seed })),
      ),
    );
  await sheet(defaultAugmentation);
  const startedAt = performance.now();
  const made = await sheet({ ...defaultAugmentation, rotation: 20, elastic: 0.05 });
  const elapsedMs = performance.now() - startedAt;
  console.log(`48 variants at 96 px: ${Math.round(elapsedMs)} ms`);
  expect(made.every(({ ok }) => ok)).toBe(true);
  // 300 ms on a quiet machine; tests share theirs.
  expect(elapsedMs).toBeLessThan(1500);
});
