import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import type { Model } from '#graph/model.ts';
import { splitBefore, type Split } from '#graph/split.ts';
import { probeNetwork } from '../devices/probe-network.ts';
import { ActivationFile } from './activation-file.ts';
import { computeActivations } from './compute-activations.ts';
import { forward } from './forward.ts';
import { PixelFile } from './pixel-file.ts';
import { pixelInputs } from './pixel-inputs.ts';

const [size, count] = [16, 150];

let folder = '';
let pixels = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emend-activations-'));
  pixels = join(folder, 'pixels');
  const random = seededRandom(1);
  await writeFile(
    pixels,
    Uint8Array.from({ length: count * size * size * 3 }, () => random.int(256)),
  );
});
afterAll(() => rm(folder, { recursive: true }));

function networkOf(seed: number): Model {
  return probeNetwork({ side: size, channels: 16 }, seededRandom(seed)).backbone;
}

function splitOf(seed: number): Split {
  return must(splitBefore(networkOf(seed), 2), 'it can be split');
}

/** Computes activations → their file, and how many were done whenever that was told. */
async function compute(split: Split): Promise<{ path: string; told: readonly number[] }> {
  const told: number[] = [];
  const onProgress = (done: number): void => void told.push(done);
  const path = await computeActivations({ split, pixels, size, count, provider: 'cpu', onProgress });
  return { path, told };
}

test('the tail makes of activations what the whole network makes of the images', async () => {
  const split = splitOf(1);
  const { path } = await compute(split);
  const activations = await ActivationFile.open(path, split.dims);
  const images = await PixelFile.open(pixels, size);
  const positions = Int32Array.of(149, 3, 77);
  const use = { output: 'embedding', provider: 'cpu' } as const;
  const inputs = pixelInputs(images, size);
  const whole = await forward(networkOf(1), { inputs, positions }, use).next();
  const inTwo = await forward(split.tail, { inputs: activations, positions }, use).next();
  const [expected, found] = [whole.value as Float32Array, inTwo.value as Float32Array];
  const largest = Math.max(...expected.map(Math.abs));
  expected.forEach((value, i) => {
    expect(Math.abs(must(found[i], 'a number') - value) / largest).toBeLessThan(1e-3);
  });
  await Promise.all([activations.close(), images.close()]);
});

test('what is there is taken; another trunk, or other pixels, are computed', async () => {
  const first = await compute(splitOf(2));
  expect(first.told).toEqual([0, 64, 128, 150]);
  expect(dirname(first.path)).toBe(folder);
  expect(await compute(splitOf(2))).toEqual({ path: first.path, told: [] });
  expect((await compute(splitOf(3))).path).not.toBe(first.path);
  await writeFile(pixels, await readFile(pixels));
  expect((await compute(splitOf(2))).path).not.toBe(first.path);
});

test('a file that was begun is finished, whatever its last row is', async () => {
  const { path } = await compute(splitOf(4));
  const whole = await readFile(path);
  await writeFile(`${path}.part`, whole);
  await rm(path);
  await truncate(`${path}.part`, Math.round(whole.length / 3) + 7);
  const { told } = await compute(splitOf(4));
  expect(told).toEqual([50, 114, 150]);
  expect(Buffer.compare(await readFile(path), whole)).toBe(0);
});

test('a file that is cut short is told', async () => {
  const split = splitOf(5);
  const { path } = await compute(split);
  await truncate(path, 100);
  const file = await ActivationFile.open(path, split.dims);
  await expect(file.read(Int32Array.of(1), 1)).rejects.toThrow('cut short');
  await file.close();
});
