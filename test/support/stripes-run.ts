import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from '../../src/base/assert.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { BackboneSpec, TuneSettings } from '../../src/contract/trainer.ts';
import { defaultAugmentation } from '../../src/contract/training.ts';
import { inspectBackbone, type JobInput } from '../../src/engine/trainer-host.ts';
import { writeModel } from '../../src/graph/write-model.ts';
import { smallSize } from './networks/exporter.ts';
import { mobileNetV3 } from './networks/mobilenet-v3.ts';
import { value } from './project.ts';

export const [stripeCount, stripeClasses, stripeBatch] = [72, 3, 16];

const unchanged = { ...defaultAugmentation, mirror: false, crop: 0, brightness: 0, contrast: 0 };

/** A small network to train, and images to train it on: stripes across, down and aslant, in noise. */
export interface Stripes {
  readonly folder: string;
  readonly backbone: BackboneSpec;
  readonly labels: Int32Array<ArrayBuffer>;
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** Writes the network into a folder. */
export async function prepareStripes(folder: string): Promise<Stripes> {
  const file = join(folder, 'network.onnx');
  await writeFile(file, writeModel(mobileNetV3(smallSize)));
  const output = join(folder, 'backbone.onnx');
  const { size, dim } = value(await inspectBackbone({ file, size: smallSize.image, output }));
  const labels = Int32Array.from({ length: stripeCount }, (_, image) => image % stripeClasses);
  const backbone = { id: 'network', file: output, size, dim };
  return { folder, backbone, labels, pixels: drawStripes(labels, size) };
}

function drawStripes(labels: Int32Array, size: number): Uint8Array<ArrayBuffer> {
  const random = seededRandom(3);
  return Uint8Array.from({ length: labels.length * size * size * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3) % (size * size);
    const [x, y] = [pixel % size, Math.floor(pixel / size)];
    const phase = [x, y, x + y][must(labels[Math.floor(at / (size * size * 3))], 'a label')] ?? 0;
    return (Math.floor(phase / 2) % 2) * 120 + random.int(100);
  });
}

/** A training in a folder of its own, one in four images held back. */
export async function stripesJob(
  { folder, backbone, labels, pixels }: Stripes,
  name: string,
  changes: Partial<TuneSettings> & Pick<TuneSettings, 'epochs'>,
): Promise<JobInput<'tune'>> {
  const run = join(folder, name);
  await mkdir(run, { recursive: true });
  await writeFile(join(run, 'pixels'), pixels);
  const positions = Int32Array.from(labels.keys());
  return {
    ...{ folder: run, pixels: join(run, 'pixels'), backbone, classCount: stripeClasses, labels },
    ...{ parents: null, domains: null },
    train: positions.filter((position) => position % 4 !== 0),
    held: positions.filter((position) => position % 4 === 0),
    start: null,
    settings: {
      ...{ batch: stripeBatch, rate: 1e-2, headRate: 5, layerDecay: 0.9, weightDecay: 0.01, warmUp: 0.1 },
      ...{ labelSmoothing: 0.05, layers: null, loss: { kind: 'cross-entropy' }, sampling: 'natural' },
      ...{ augmentation: unchanged, device: 'cpu', seed: 1 },
      ...changes,
    },
    output: { backbone: join(run, 'backbone.onnx'), head: join(run, 'head.onnx') },
    temperature: null,
    metadata: { 'emend.test': 'yes' },
  };
}
