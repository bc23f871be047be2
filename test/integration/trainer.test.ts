import { fork, type ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { ProblemError } from '#base/problem.ts';
import { seededRandom } from '#base/random.ts';
import type { BackboneSpec } from '#contract/trainer.ts';
import { ModelBuilder } from '#graph/builder.ts';
import { cut } from '#graph/cut.ts';
import { parseModel } from '#graph/parse-model.ts';
import { readPreprocessing } from '#graph/preprocessing.ts';
import { float32Tensor } from '#graph/tensor.ts';
import { withPreprocessing } from '#graph/with-preprocessing.ts';
import { writeModel } from '#graph/write-model.ts';
import { plainHead } from '#engine/head-settings.ts';
import type { PixelBatch } from '#engine/pixel-pump.ts';
import { applyHead, embed, inspectBackbone, trainHead } from '#engine/trainer-host.ts';
import { sharedPath } from '../support/shared.ts';

const mobileNet = sharedPath('data', 'backbones', 'mobilenetv2_imagenet.onnx');
/** Photo, class and logit as published with the model. */
const probes = [
  ['bird.jpg', 20, 18.25],
  ['cat.jpg', 286, 12.6],
  ['grace_hopper.jpg', 653, 10.9],
  ['parrot.jpg', 89, 15.94],
  ['sunflower.jpg', 986, 14.61],
] as const;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emend-trainer-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The largest centred square, scaled. */
async function centreCrop(path: string, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const image = sharp(path).removeAlpha();
  const { width, height } = await image.metadata();
  const side = Math.min(width, height);
  const crop = { left: (width - side) >> 1, top: (height - side) >> 1, width: side, height: side };
  const scaled = image.extract(crop).resize(size, size, { kernel: 'linear' });
  return Uint8Array.from(await scaled.raw().toBuffer());
}

function photo(name: string): string {
  return must(sharedPath('data', 'backbones', 'probe_images', name), 'the photos stand beside the model');
}

async function* batchesOf(images: readonly Uint8Array[], size: number): AsyncGenerator<PixelBatch> {
  for (let start = 0; start < images.length; start += size) {
    const part = images.slice(start, start + size);
    yield { count: part.length, pixels: Uint8Array.from(part.flatMap((image) => [...image])) };
  }
}

async function* blank(batches: number, size: number): AsyncGenerator<PixelBatch> {
  for (let at = 0; at < batches; at++)
    yield { count: 4, pixels: new Uint8Array(4 * size * size * 3).fill(at) };
}

describe.skipIf(mobileNet === null)('MobileNetV2', () => {
  const file = mobileNet ?? '';

  test('the whole model behind our preprocessing names the five photos', async () => {
    const parsed = parseModel(await readFile(file), file);
    if (!parsed.ok) throw new ProblemError(parsed.error);
    const classifier = cut(parsed.value, ['logits']);
    const preprocessing = readPreprocessing(classifier, file);
    if (!preprocessing.ok) throw new ProblemError(preprocessing.error);
    const plan = { preprocessing: preprocessing.value, size: 224, batch: 'N' } as const;
    const session = await InferenceSession.create(writeModel(withPreprocessing(classifier, plan)));
    for (const [name, expected, logit] of probes) {
      const pixels = new Tensor('uint8', await centreCrop(photo(name), 224), [1, 224, 224, 3]);
      const logits = [...((await session.run({ pixels })).logits?.data as Float32Array)];
      const best = logits.indexOf(Math.max(...logits));
      expect({ name, best }).toEqual({ name, best: expected });
      expect(Math.abs((logits[best] ?? 0) - logit)).toBeLessThan(1.5);
    }
  });

  test('a backbone at 160 px embeds the photos as the original does', async () => {
    const output = join(folder, 'backbones', 'mobilenetv2.onnx');
    const inspected = await inspectBackbone({ file, size: 160, output });
    expect(inspected).toMatchObject({ ok: true, value: { size: 160, dim: 1280 } });
    const images = await Promise.all(probes.map(([name]) => centreCrop(photo(name), 160)));
    const steps: number[] = [];
    const rows: number[] = [];
    const backbone = { id: 'mobilenetv2', file: output, size: 160, dim: 1280 };
    const options = { onProgress: (_: string, done: number) => void steps.push(done) };
    for await (const part of embed({ backbone, count: 5 }, batchesOf(images, 2), options))
      rows.push(...part.rows);
    expect(steps).toEqual([2, 4, 5]);
    expect(rows).toHaveLength(5 * 1280);

    const original = await InferenceSession.create(file);
    for (const [at, image] of images.entries()) {
      const planes = new Float32Array(3 * 160 * 160);
      for (let pixel = 0; pixel < 160 * 160; pixel++) {
        for (let channel = 0; channel < 3; channel++) {
          planes[channel * 160 * 160 + pixel] = ((image[pixel * 3 + channel] ?? 0) - 127.5) / 127.5;
        }
      }
      const outputs = await original.run({ pixel_values: new Tensor('float32', planes, [1, 3, 160, 160]) });
      const expected = outputs.embedding?.data as Float32Array;
      const difference = expected.map((value, index) => Math.abs(value - (rows[at * 1280 + index] ?? NaN)));
      expect(Math.max(...difference)).toBeLessThan(1e-3);
    }
  });

  test('its own size is taken from its metadata', async () => {
    const output = join(folder, 'own-size.onnx');
    expect(await inspectBackbone({ file, size: null, output })).toMatchObject({
      ok: true,
      value: { size: 224 },
    });
  });
});

test('a detector is refused with a reason', async ({ skip }) => {
  const file =
    sharedPath('data', 'backbones', 'FastestDet.onnx') ??
    skip('FastestDet.onnx is not beside the repository');
  const result = await inspectBackbone({ file, size: null, output: join(folder, 'detector.onnx') });
  expect(result).toMatchObject({ ok: false, error: { code: 'unsupported', subject: file } });
});

/** A backbone of one operator or two, quick to run. */
async function smallBackbone(name: string, divisor: number): Promise<BackboneSpec> {
  const builder = new ModelBuilder(name).metadata({ input_mean: '0', input_std: '1' });
  const image = builder.input('image', 'float32', ['N', 3, 8, 8]);
  const scaled = builder.node('Div', [image, builder.constant(float32Tensor([], [divisor]))]);
  const pooled = builder.node('Flatten', [builder.node('GlobalAveragePool', [scaled])]);
  builder.output('features', pooled, { type: 'float32', dims: ['N', 3] });
  const [file, output] = [join(folder, `${name}-in.onnx`), join(folder, `${name}.onnx`)];
  await writeFile(file, writeModel(builder.build()));
  const inspected = await inspectBackbone({ file, size: 8, output });
  if (!inspected.ok) throw new ProblemError(inspected.error);
  return { id: name, file: output, size: 8, dim: 3 };
}

/** The processes that start while `work` runs. */
async function childrenDuring(
  work: (children: readonly ChildProcess[]) => Promise<void>,
): Promise<readonly ChildProcess[]> {
  const children: ChildProcess[] = [];
  const listen = (message: unknown): void =>
    void children.push((message as { process: ChildProcess }).process);
  subscribe('child_process', listen);
  try {
    await work(children);
  } finally {
    unsubscribe('child_process', listen);
  }
  return children;
}

async function problemOf(rows: AsyncIterator<unknown>): Promise<unknown> {
  try {
    while (!(await rows.next()).done);
  } catch (error) {
    return error instanceof ProblemError ? error.problem : error;
  }
  return null;
}

test('a process that is killed in the middle of a job is a problem with advice, not a hang', async () => {
  const backbone = await smallBackbone('killed', 1);
  await childrenDuring(async (children) => {
    const rows = embed({ backbone, count: 4000 }, blank(1000, 8));
    await rows.next();
    children[0]?.kill('SIGKILL');
    const found = await problemOf(rows);
    expect(found).toMatchObject({ code: 'crashed', subject: 'trainer' });
    expect((found as { reason: string }).reason).toContain('SIGKILL');
  });
});

test('cancelling ends the process within two seconds; so does leaving the loop', async () => {
  const backbone = await smallBackbone('cancelled', 1);
  const abort = new AbortController();
  const children = await childrenDuring(async () => {
    const rows = embed({ backbone, count: 4000 }, blank(1000, 8), { signal: abort.signal });
    await rows.next();
    const start = performance.now();
    abort.abort();
    expect(await problemOf(rows)).toMatchObject({ code: 'cancelled' });
    expect(performance.now() - start).toBeLessThan(2000);
    for await (const { count } of embed({ backbone, count: 4000 }, blank(1000, 8))) if (count > 0) break;
  });
  expect(children).toHaveLength(2);
  for (const child of children) expect(child.exitCode ?? child.signalCode).not.toBeNull();
});

test('a signal that came before the job is honoured', async () => {
  const result = await inspectBackbone(
    { file: 'x', size: null, output: 'y' },
    { signal: AbortSignal.abort() },
  );
  expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
});

test('what the source of pixels throws arrives as it was thrown', async () => {
  const backbone = await smallBackbone('source', 1);
  async function* broken(): AsyncGenerator<PixelBatch> {
    yield* blank(1, 8);
    throw new Error('the disk is gone');
  }
  expect(await problemOf(embed({ backbone, count: 8 }, broken()))).toMatchObject({
    message: 'the disk is gone',
  });
  expect(await problemOf(embed({ backbone, count: 8 }, blank(1, 8)))).toMatchObject({
    message: expect.stringContaining('8 images were promised, 4 came'),
  });
});

test('pixels are asked for a few batches ahead, not all at once', async () => {
  const backbone = await smallBackbone('ahead', 1);
  let given = 0;
  async function* counted(): AsyncGenerator<PixelBatch> {
    for await (const batch of blank(50, 8)) {
      given++;
      yield batch;
    }
  }
  const rows = embed({ backbone, count: 200 }, counted());
  await rows.next();
  expect(given).toBeLessThan(50);
  await rows.return(undefined);
});

test('embeddings that are not finite name the backbone', async () => {
  const backbone = await smallBackbone('finite', 1);
  const bytes = await readFile(backbone.file);
  const parsed = parseModel(bytes, backbone.file);
  if (!parsed.ok) throw new ProblemError(parsed.error);
  const zeros = new Map(
    [...parsed.value.graph.initializers].map(([name, { dims }]) => [
      name,
      float32Tensor(dims, [0, 0, 0].slice(0, dims[0] ?? 1)),
    ]),
  );
  const broken = { ...parsed.value, graph: { ...parsed.value.graph, initializers: zeros } };
  await writeFile(backbone.file, writeModel(broken));
  expect(await problemOf(embed({ backbone, count: 4 }, blank(1, 8)))).toMatchObject({
    ...{ code: 'bad-input', subject: 'finite' },
    reason: expect.stringContaining('not finite'),
  });
});

test('a file that is not there or no model is a problem of that job', async () => {
  const nowhere = { id: 'gone', file: join(folder, 'gone.onnx'), size: 8, dim: 3 };
  expect(await problemOf(embed({ backbone: nowhere, count: 4 }, blank(1, 8)))).toMatchObject({
    code: 'not-found',
  });
  const text = join(folder, 'text.onnx');
  await writeFile(text, 'hello');
  expect(await inspectBackbone({ file: text, size: null, output: text })).toMatchObject({
    ok: false,
    error: { code: 'bad-input', subject: text },
  });
  const applied = await applyHead({ head: text, matrix: text, dim: 3, rows: Int32Array.of(0) });
  expect(applied).toMatchObject({ ok: false, error: { code: 'bad-input', subject: text } });
});

test('a head is trained on a matrix, written, and gives the same answers when applied', async () => {
  const [dim, classCount, perClass] = [8, 3, 40];
  const count = classCount * perClass;
  const random = seededRandom(3);
  const labels = Int32Array.from({ length: count }, (_, at) => at % classCount);
  const values = Float32Array.from({ length: count * dim }, (_, at) => {
    const label = labels[Math.floor(at / dim)];
    return random.normal() + (at % dim === label ? 4 : 0);
  });
  const [matrix, output] = [join(folder, 'embeddings.f32'), join(folder, 'heads', 'head.onnx')];
  await writeFile(matrix, values);
  const rows = Int32Array.from(labels.keys());
  const unlabelled = labels.map((label, at) => (at < 6 ? -1 : label));
  const steps = new Set<string>();
  const job = {
    ...{ matrix, dim, rows, labels: unlabelled, classCount, groups: rows, folds: 5 },
    ...{ previousLabels: null, previousPredicted: null, output, metadata: { backbone: 'none' } },
    ...plainHead,
  };
  const trained = await trainHead(job, { onProgress: (step) => void steps.add(step) });
  if (!trained.ok) throw new ProblemError(trained.error);
  expect(trained.value.accuracy.value).toBeGreaterThan(0.95);
  expect(trained.value.audit.order).toHaveLength(count - 6);
  expect(steps.size).toBeGreaterThan(0);

  const applied = await applyHead({ head: output, matrix, dim, rows: rows.subarray(0, 6) });
  if (!applied.ok) throw new ProblemError(applied.error);
  const expected = [...trained.value.probabilities.subarray(0, 6 * classCount)];
  applied.value.forEach((value, at) => expect(value).toBeCloseTo(expected[at] ?? NaN, 5));
});

describe('the bare process', () => {
  function start(): ChildProcess {
    const entry = new URL('../../src/trainer/main.ts', import.meta.url);
    return fork(entry, [], {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    });
  }

  async function answerTo(...messages: readonly object[]): Promise<unknown> {
    const child = start();
    const exit = once(child, 'exit');
    for (const message of messages) child.send(message);
    const [answer] = (await once(child, 'message')) as [unknown];
    expect(await exit).toEqual([0, null]);
    return answer;
  }

  test('tells that it did not understand, and exits', async () => {
    const failed = { type: 'failed', problem: { code: 'bad-input' } };
    expect(await answerTo({ type: 'nonsense' })).toMatchObject(failed);
    expect(await answerTo({ type: 'job', job: { kind: 'embed', count: 'many' } })).toMatchObject(failed);
  });

  test('exits when the engine is gone', async () => {
    const child = start();
    const exit = once(child, 'exit');
    child.disconnect();
    expect(await exit).toEqual([0, null]);
  });
});
