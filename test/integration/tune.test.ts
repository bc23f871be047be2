import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import type { TuneSettings } from '#contract/trainer.ts';
import { defaultAugmentation, type TuneProgress } from '#contract/training.ts';
import { embed, tuneNetwork, type JobInput, type TuneOptions } from '#engine/trainer-host.ts';
import { readHead } from '#graph/head-graph.ts';
import type { Model } from '#graph/model.ts';
import { parseModel } from '#graph/parse-model.ts';
import { simplify } from '#graph/simplify/simplify.ts';
import { readFloat32 } from '#graph/tensor.ts';
import { trainables } from '#graph/training/trainable.ts';
import { value } from '../support/project.ts';
import {
  prepareStripes,
  stripeClasses,
  stripeCount,
  stripesJob,
  type Stripes,
} from '../support/stripes-run.ts';

const [count, classCount] = [stripeCount, stripeClasses];
const varied = { ...defaultAugmentation, rotation: 10, elastic: 0.05, pcaColour: 0.1 };

let folder = '';
let stripes: Stripes;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emend-tune-'));
  stripes = await prepareStripes(folder);
});
afterAll(() => rm(folder, { recursive: true }));

function jobIn(name: string, epochs: number, changes: Partial<TuneSettings> = {}): Promise<JobInput<'tune'>> {
  return stripesJob(stripes, name, { epochs, ...changes });
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
  const { backbone, pixels } = stripes;
  const batches = (async function* () {
    yield await Promise.resolve({ count, pixels });
  })();
  for await (const { rows } of embed({ backbone: { ...backbone, file }, count }, batches)) return rows;
  throw new Error('no rows');
}

/** Logits of images by the files that were written, divided by the temperature. */
async function logitsBy(files: { backbone: string; head: string }, positions: Int32Array) {
  const embeddings = await embeddingsBy(files.backbone);
  const head = must(readHead(value(parseModel(await readFile(files.head), 'head'))), 'a head');
  const { dim, coefficients, intercepts } = head;
  return Array.from(positions).flatMap((position) =>
    Array.from(intercepts, (intercept, at) => {
      const row = coefficients.subarray(at * dim, (at + 1) * dim);
      return row.reduce(
        (sum, weight, i) => sum + weight * (embeddings[position * dim + i] ?? NaN),
        intercept,
      );
    }),
  );
}

/** For each layer from the first to the last, whether its weights are the same in two files of a backbone. */
async function sameLayers(file: string, other: string): Promise<readonly boolean[]> {
  const [first, second] = [await readNetwork(file), await readNetwork(other)];
  const layers = new Map(trainables(first.graph).map(({ name, layer }) => [layer, name]));
  return Array.from(layers.values(), (name) => {
    const [a, b] = [first, second].map(({ graph }) => graph.initializers.get(name));
    return readFloat32(must(a, name)).join() === readFloat32(must(b, name)).join();
  });
}

async function readNetwork(file: string): Promise<Model> {
  return value(simplify(value(parseModel(await readFile(file), file)), {}, file));
}

test('a network learns what its backbone did not know, and is written as a backbone and a head', async () => {
  const epochs = 60;
  const job = await jobIn('whole', epochs);
  const told = listen();
  const { logits, temperature } = value(await tuneNetwork(job, told));
  const isRight = (position: number, at: number): boolean => {
    const row = logits.subarray(at * classCount, (at + 1) * classCount);
    return row.indexOf(Math.max(...row)) === stripes.labels[position];
  };
  expect(logits).toHaveLength(job.held.length * classCount);
  expect(job.held.filter(isRight).length).toBeGreaterThan(0.8 * job.held.length);
  expect(temperature).toBeGreaterThan(0);
  expect([...told.held.keys()]).toEqual(Array.from({ length: epochs }, (_, i) => i + 1));
  expect(told.held.get(epochs)).toBeLessThan(must(told.held.get(1), 'the first epoch'));
  const last = must(told.training.at(-1), 'progress');
  expect([last.step, last.steps]).toEqual([epochs * 4, epochs * 4]);
  const trained = must(job.output, 'it is to be written').backbone;
  const [before, after] = [await embeddingsBy(stripes.backbone.file), await embeddingsBy(trained)];
  expect(after).toHaveLength(before.length);
  expect(after).not.toEqual(before);
});

test('the last layers learn from activations that are computed once; the others stay as they are', async () => {
  const [epochs, layers] = [40, 4];
  const job = await jobIn('blocks', epochs, { layers });
  const [told, done] = [listen(), [] as number[]];
  const onProgress: TuneOptions['onProgress'] = (step, count) => {
    if (step === 'activations') done.push(count);
  };
  const { logits, temperature } = value(await tuneNetwork(job, { ...told, onProgress }));
  expect(done).toEqual([0, 64, count]);
  const losses = told.training.map(({ loss }) => loss);
  expect(losses.at(-1)).toBeLessThan(0.8 * must(losses[0], 'a loss'));
  const output = must(job.output, 'it is to be written');
  const same = await sameLayers(stripes.backbone.file, output.backbone);
  expect(same.slice(0, -layers)).not.toContain(false);
  expect(same.slice(-layers)).not.toContain(true);
  const written = await logitsBy(output, job.held);
  logits.forEach((logit, at) => {
    expect(Math.abs(must(written[at], 'a logit') - logit / temperature)).toBeLessThan(0.02);
  });

  value(await tuneNetwork({ ...job, folder: join(job.folder, 'other fold') }, { onProgress }));
  expect(done).toHaveLength(3);
});

test.each<[string, Partial<TuneSettings>]>([
  ['whole', {}],
  ['varied', { augmentation: varied }],
  ['blocks', { layers: 4 }],
])('killed 20 times, it arrives where it would have: %s', { timeout: 240_000 }, async (name, changes) => {
  const epochs = 45;
  const whole = listen();
  value(await tuneNetwork(await jobIn(`steady-${name}`, epochs, changes), whole));
  const job = await jobIn(`killed-${name}`, epochs, changes);
  const held = new Map<number, number>();
  const random = seededRandom(8);
  const keep: TuneOptions['onEpoch'] = ({ epoch, logLoss }) => held.set(epoch, logLoss);
  for (let kill = 0; kill < 20; kill++) {
    const abort = new AbortController();
    const onEpoch: TuneOptions['onEpoch'] = (told) => {
      keep(told);
      setTimeout(() => abort.abort(), random.int(60));
    };
    const onProgress: TuneOptions['onProgress'] = (step) => {
      if (kill < 3 && step === 'activations') setTimeout(() => abort.abort(), random.int(10));
    };
    const outcome = await tuneNetwork(job, { onEpoch, onProgress, signal: abort.signal });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  }
  value(await tuneNetwork(job, { onEpoch: keep }));
  expect([...held.keys()].sort((a, b) => a - b)).toEqual([...whole.held.keys()]);
  for (const [epoch, logLoss] of whole.held) {
    expect(Math.abs(must(held.get(epoch), 'each epoch') - logLoss)).toBeLessThan(1e-3);
  }
});
