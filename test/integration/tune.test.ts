import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import type { BackboneSpec } from '#contract/trainer.ts';
import { defaultAugmentation, type TuneProgress } from '#contract/training.ts';
import {
  embed,
  inspectBackbone,
  tuneNetwork,
  type JobInput,
  type TuneOptions,
} from '#engine/trainer-host.ts';
import { writeModel } from '#graph/write-model.ts';
import { mobileNetV3 } from '../support/networks/mobilenet-v3.ts';
import { smallSize } from '../support/networks/exporter.ts';
import { value } from '../support/project.ts';

const [count, classCount, batch] = [72, 3, 16];

const unchanged = { ...defaultAugmentation, mirror: false, crop: 0, brightness: 0, contrast: 0 };

let folder = '';
let backbone: BackboneSpec;
let labels = new Int32Array();
let pixels = new Uint8Array();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emend-tune-'));
  const file = join(folder, 'network.onnx');
  await writeFile(file, writeModel(mobileNetV3(smallSize)));
  const output = join(folder, 'backbone.onnx');
  const { size, dim } = value(await inspectBackbone({ file, size: smallSize.image, output }));
  backbone = { id: 'network', file: output, size, dim };
  drawStripes();
});
afterAll(() => rm(folder, { recursive: true }));

/** Stripes across, down and aslant, in noise. */
function drawStripes(): void {
  const random = seededRandom(3);
  const { size } = backbone;
  labels = Int32Array.from({ length: count }, (_, image) => image % classCount);
  pixels = Uint8Array.from({ length: count * size * size * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3) % (size * size);
    const [x, y] = [pixel % size, Math.floor(pixel / size)];
    const phase = [x, y, x + y][must(labels[Math.floor(at / (size * size * 3))], 'a label')] ?? 0;
    return (Math.floor(phase / 2) % 2) * 120 + random.int(100);
  });
}

async function jobIn(name: string, epochs: number): Promise<JobInput<'tune'>> {
  const run = join(folder, name);
  await mkdir(run, { recursive: true });
  await writeFile(join(run, 'pixels'), pixels);
  const positions = Int32Array.from(labels.keys());
  return {
    ...{ folder: run, pixels: join(run, 'pixels'), backbone, classCount, labels },
    ...{ parents: null, domains: null },
    train: positions.filter((position) => position % 4 !== 0),
    held: positions.filter((position) => position % 4 === 0),
    start: null,
    settings: {
      ...{ epochs, batch, rate: 1e-2, headRate: 5, layerDecay: 0.9, weightDecay: 0.01, warmUp: 0.1 },
      ...{ labelSmoothing: 0.05, layers: null, loss: { kind: 'cross-entropy' }, sampling: 'natural' },
      ...{ augmentation: unchanged, device: 'cpu', seed: 1 },
    },
    output: { backbone: join(run, 'backbone.onnx'), head: join(run, 'head.onnx') },
    temperature: null,
    metadata: { 'emend.test': 'yes' },
  };
}

interface Told {
  readonly training: TuneProgress[];
  /** Loss on the held images by epoch. */
  readonly held: Map<number, number>;
}

function listen(): Told & TuneOptions {
  const training: TuneProgress[] = [];
  const held = new Map<number, number>();
  return {
    ...{ training, held },
    onTraining: (progress) => training.push(progress),
    onEpoch: ({ epoch, logLoss }) => held.set(epoch, logLoss),
  };
}

async function embeddingsBy(file: string): Promise<Float32Array> {
  const one = pixels.slice(0, backbone.size ** 2 * 3);
  const batches = (async function* () {
    yield await Promise.resolve({ count: 1, pixels: one });
  })();
  for await (const { rows } of embed({ backbone: { ...backbone, file }, count: 1 }, batches)) return rows;
  throw new Error('no rows');
}

test('a network learns what its backbone did not know, and is written as a backbone and a head', async () => {
  const epochs = 60;
  const job = await jobIn('whole', epochs);
  const told = listen();
  const { logits, temperature } = value(await tuneNetwork(job, told));
  const isRight = (position: number, at: number): boolean => {
    const row = logits.subarray(at * classCount, (at + 1) * classCount);
    return row.indexOf(Math.max(...row)) === labels[position];
  };
  expect(logits).toHaveLength(job.held.length * classCount);
  expect(job.held.filter(isRight).length).toBeGreaterThan(0.8 * job.held.length);
  expect(temperature).toBeGreaterThan(0);
  expect([...told.held.keys()]).toEqual(Array.from({ length: epochs }, (_, i) => i + 1));
  expect(told.held.get(epochs)).toBeLessThan(must(told.held.get(1), 'the first epoch'));
  const last = must(told.training.at(-1), 'progress');
  expect([last.step, last.steps]).toEqual([epochs * 4, epochs * 4]);
  const trained = must(job.output, 'it is to be written').backbone;
  const [before, after] = [await embeddingsBy(backbone.file), await embeddingsBy(trained)];
  expect(after).toHaveLength(before.length);
  expect(after).not.toEqual(before);
});

test('killed 20 times, it arrives where it would have', { timeout: 240_000 }, async () => {
  const epochs = 45;
  const whole = listen();
  value(await tuneNetwork(await jobIn('steady', epochs), whole));
  const job = await jobIn('killed', epochs);
  const held = new Map<number, number>();
  const random = seededRandom(8);
  const keep: TuneOptions['onEpoch'] = ({ epoch, logLoss }) => held.set(epoch, logLoss);
  for (let kill = 0; kill < 20; kill++) {
    const abort = new AbortController();
    const onEpoch: TuneOptions['onEpoch'] = (told) => {
      keep(told);
      setTimeout(() => abort.abort(), random.int(60));
    };
    const outcome = await tuneNetwork(job, { onEpoch, signal: abort.signal });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  }
  value(await tuneNetwork(job, { onEpoch: keep }));
  expect([...held.keys()].sort((a, b) => a - b)).toEqual([...whole.held.keys()]);
  for (const [epoch, logLoss] of whole.held) {
    expect(Math.abs(must(held.get(epoch), 'each epoch') - logLoss)).toBeLessThan(1e-3);
  }
});
