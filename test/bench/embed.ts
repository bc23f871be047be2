import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { BackboneSpec } from '#contract/trainer.ts';
import type { PixelBatch } from '#engine/pixel-pump.ts';
import { embed, fitBackbone, inspectBackbone } from '#engine/trainer-host.ts';
import { sharedPath } from '../support/shared.ts';
import { figure, type Row } from './row.ts';

const batchSize = 96;
const rounds = 5;

/**
 * Images per second embedded through the training process, beside a bare loop of `session.run` over the same file and
 * pixels in this process. Rounds alternate and the best of each counts, so that other work on the machine hurts both.
 */
export async function benchEmbed(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'emend-bench-'));
  try {
    const own = await compare(await builtIn(join(folder, 'built-in.onnx')), 40);
    const source = sharedPath('data', 'backbones', 'mobilenetv2_imagenet.onnx');
    if (source === null) return [own];
    return [own, await compare(await added(source, join(folder, 'mobilenetv2.onnx')), 6)];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function builtIn(file: string): Promise<BackboneSpec> {
  const size = 48;
  const fitted = await fitBackbone({ size, count: 960, seed: 1, output: file }, noise(10, size));
  if (!fitted.ok) throw new Error(fitted.error.reason);
  return { id: 'built-in', file, size, dim: fitted.value.dim };
}

async function added(source: string, file: string): Promise<BackboneSpec> {
  const inspected = await inspectBackbone({ file: source, size: 160, output: file });
  if (!inspected.ok) throw new Error(inspected.error.reason);
  return { id: 'MobileNetV2', file, ...inspected.value };
}

async function compare(backbone: BackboneSpec, batches: number): Promise<Row> {
  const session = await InferenceSession.create(backbone.file);
  const best = { bare: 0, trainer: 0 };
  for (let round = 0; round < rounds; round++) {
    best.bare = Math.max(best.bare, await bareSpeed(session, backbone.size, batches));
    best.trainer = Math.max(best.trainer, await trainerSpeed(backbone, batches));
  }
  const ratio = (best.trainer / best.bare).toFixed(2);
  return figure(
    `pixels embedded through the training process, ${backbone.id} at ${backbone.size} px`,
    `${best.trainer.toFixed(0)}/s`,
    `${ratio} × onnxruntime's forward alone (${best.bare.toFixed(0)}/s)`,
  );
}

async function bareSpeed(session: InferenceSession, size: number, batches: number): Promise<number> {
  const { pixels } = noiseBatch(size);
  const run = (): Promise<unknown> =>
    session.run({ pixels: new Tensor('uint8', pixels, [batchSize, size, size, 3]) });
  await run();
  const start = performance.now();
  for (let batch = 1; batch < batches; batch++) await run();
  return speed((batches - 1) * batchSize, start);
}

/** Without the start of the process and the first batch, which load the model. */
async function trainerSpeed(backbone: BackboneSpec, batches: number): Promise<number> {
  let start = 0;
  const job = { backbone, count: batches * batchSize };
  let images = -batchSize;
  for await (const { count } of embed(job, noise(batches, backbone.size))) {
    start ||= performance.now();
    images += count;
  }
  return speed(images, start);
}

function speed(images: number, start: number): number {
  return (images * 1000) / (performance.now() - start);
}

async function* noise(batches: number, size: number): AsyncGenerator<PixelBatch> {
  const batch = noiseBatch(size);
  for (let index = 0; index < batches; index++) yield batch;
}

function noiseBatch(size: number): PixelBatch {
  const pixels = new Uint8Array(batchSize * size * size * 3);
  for (let at = 0; at < pixels.length; at++) pixels[at] = (at * 37 + (at >> 7)) & 255;
  return { count: batchSize, pixels };
}
