import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import { defaultAugmentation, defaultChoices, type TrainingChoices } from '#contract/training.ts';
import { writeModel } from '#graph/write-model.ts';
import { problemOf, startEngine, type TestEngine } from '../support/engine.ts';
import { smallSize } from '../support/networks/exporter.ts';
import { mobileNetV3 } from '../support/networks/mobilenet-v3.ts';

// The engine trains whole networks: measured on labels that were kept back, chosen, kept, put to use and exported.

const size = smallSize.image;
const patterns = ['across', 'aslant', 'down'];
const perClass = 30;

/** Nothing that would turn one pattern into another. */
const choices: TrainingChoices = {
  ...defaultChoices,
  ...{ epochs: 20, batch: 16, rate: 1e-2 },
  augmentation: { ...defaultAugmentation, mirror: false, crop: 0 },
};

interface Striped extends TestEngine {
  readonly project: string;
  readonly backbone: string;
}

/** A project of stripes across, aslant and down in noise, which a network without training cannot tell. */
async function stripes(): Promise<Striped> {
  const engine = await startEngine();
  const { client, folder, done } = engine;
  const images = join(folder, 'images');
  const random = seededRandom(3);
  for (const pattern of patterns) {
    await mkdir(join(images, pattern), { recursive: true });
    for (let i = 0; i < perClass; i++)
      await drawStripes(join(images, pattern, `${i}.png`), pattern, random.int);
  }
  const project = join(folder, 'project');
  await client.project.create({ folder: project, name: 'Stripes' });
  await done(client.images.add({ folder: images, labels: { kind: 'folders' }, annotator: null }));
  const file = join(folder, 'small.onnx');
  await writeFile(file, writeModel(mobileNetV3(smallSize)));
  const { id } = await client.model.addBackbone({ file, id: null, size });
  return { ...engine, project, backbone: id };
}

async function drawStripes(file: string, pattern: string, int: (below: number) => number): Promise<void> {
  const pixels = Uint8Array.from({ length: size * size * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    const [x, y] = [pixel % size, Math.floor(pixel / size)];
    const phase = [y, x + y, x][patterns.indexOf(pattern)] ?? 0;
    return (Math.floor(phase / 2) % 2) * 120 + int(100);
  });
  await sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
    .png()
    .toFile(file);
}

test('a network is trained, measured on labels kept back, put to use, compared, exported and deleted', async () => {
  const { client, backbone, done, folder } = await stripes();
  const job = await done(client.model.train({ backbone, regime: 'head-then-full', choices }));
  const [network, head] = await client.model.list();
  expect(await client.model.current()).toEqual(network);
  expect(job.summary).toMatchObject({ model: network?.id, units: 90 });
  expect(network).toMatchObject({
    ...{ regime: 'head-then-full', base: backbone, head: head?.id, units: 90, l2: null },
    crossValidated: { folds: 5, units: 90 },
    candidates: [{ regime: 'head' }, { regime: 'head-then-full', isChosen: true }],
  });
  expect(network?.parts.map(({ fold }) => fold)).toEqual([1, 2, 3, 4, 5, null]);
  expect(network?.parts[0]?.epochs).toHaveLength(20);
  expect(await client.model.run()).toBeNull();
  const [ours, theirs] = [must(network, 'a network'), must(head, 'a head')];
  expect(ours.crossValidated.accuracy.value).toBeGreaterThan(theirs.crossValidated.accuracy.value);

  const comparison = await client.model.compare({ first: theirs.id, second: ours.id });
  const { fixed, broken, units, difference } = comparison;
  expect(units).toBe(90);
  expect(difference?.value).toBeCloseTo((fixed - broken) / 90, 9);
  expect(comparison.flips.length).toBeGreaterThanOrEqual(fixed + broken);
  expect(comparison.perClass.reduce((sum, each) => sum + each.support, 0)).toBe(90);

  await done(client.model.promote({ model: theirs.id }));
  expect((await client.model.current())?.id).toBe(theirs.id);
  expect((await problemOf(client.model.remove({ model: theirs.id }))).code).toBe('busy');
  await done(client.model.promote({ model: ours.id }));
  const { file } = await client.model.export({ model: ours.id, file: join(folder, 'stripes.onnx') });
  expect(file).toBe(join(folder, 'stripes.onnx'));
  await done(client.model.promote({ model: theirs.id }));
  await client.model.remove({ model: ours.id });
  expect((await client.model.list()).map(({ id }) => id)).toEqual([theirs.id]);
  expect((await client.model.backbones()).map(({ id }) => id)).not.toContain(ours.backbone);
  expect((await client.project.verify()).problems).toEqual([]);
});

test('a training that was cancelled goes on where it was, or is dropped', async () => {
  const { client, backbone, done, ended } = await stripes();
  const started = await client.model.train({ backbone, regime: 'full', choices });
  const reached = async (): Promise<boolean> => {
    const run = await client.model.run();
    return (run?.parts.at(-1)?.fold ?? 0) >= 2 && (run?.progress ?? null) !== null;
  };
  await expect.poll(reached, { timeout: 60_000, interval: 20 }).toBe(true);
  expect((await problemOf(client.model.discardRun())).code).toBe('busy');
  const since = performance.now();
  await client.jobs.cancel(started);
  expect((await ended(started)).state).toBe('cancelled');
  expect(performance.now() - since).toBeLessThan(2000);
  const stopped = must(await client.model.run(), 'a stopped run');
  expect(stopped).toMatchObject({ job: null, progress: null, backbone, request: { regime: 'full' } });
  await done(client.model.resume());
  expect(await client.model.current()).toMatchObject({ regime: 'full', base: backbone });
  expect(await client.model.run()).toBeNull();

  const again = await client.model.train({ backbone, regime: 'full', choices });
  await expect
    .poll(async () => (await client.model.run())?.progress ?? null, { timeout: 30_000 })
    .not.toBeNull();
  await client.jobs.cancel(again);
  await ended(again);
  await client.model.discardRun();
  expect(await client.model.run()).toBeNull();
  expect((await ended(client.model.resume())).problem?.code).toBe('not-found');
});

test('automatic: few labels stay with the head; a deep audit judges every label by networks', async () => {
  const { client, backbone, done } = await stripes();
  await done(client.model.train({ backbone, regime: 'auto', choices }));
  expect(await client.model.current()).toMatchObject({ regime: 'head' });
  const before = await client.review.ranking();
  await done(client.model.auditDeep({ backbone, regime: 'head-then-full', choices }));
  const after = await client.review.ranking();
  expect(after.units).toHaveLength(90);
  expect(after.units.map(({ score }) => score)).not.toEqual(before.units.map(({ score }) => score));
  expect(await client.model.current()).toMatchObject({ regime: 'head' });
  expect(await client.model.run()).toBeNull();
});
