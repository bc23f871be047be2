import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { inspectBackbone } from '#engine/trainer-host.ts';
import { readCifarPixels } from './backbone-sets.ts';
import { sharedPath } from './shared.ts';

/** Embeddings of images and their clean labels. */
export interface EmbeddedImages {
  readonly features: { readonly data: Float32Array; readonly rows: number; readonly cols: number };
  readonly labels: Int32Array;
}

const size = 96;
const batchSize = 100;

/** The 10,000 CIFAR-10 images and the 2,000 test images under MobileNetV2 at 96 px; null where the data are absent. */
export async function embeddedCifar(): Promise<{
  readonly training: EmbeddedImages;
  readonly test: EmbeddedImages;
} | null> {
  const source = sharedPath('data', 'backbones', 'mobilenetv2_imagenet.onnx');
  if (source === null) return null;
  const folder = await mkdtemp(join(tmpdir(), 'emend-cifar-'));
  try {
    const file = join(folder, 'backbone.onnx');
    const inspected = await inspectBackbone({ file: source, size, output: file });
    if (!inspected.ok) throw new Error(inspected.error.reason);
    const session = await InferenceSession.create(await readFile(file));
    const { dim } = inspected.value;
    const [training, test] = [await embedded(session, 'train', dim), await embedded(session, 'test', dim)];
    return training === null || test === null ? null : { training, test };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function embedded(
  session: InferenceSession,
  part: 'train' | 'test',
  cols: number,
): Promise<EmbeddedImages | null> {
  const images = await readCifarPixels(part, size);
  if (images === null) return null;
  const { count, pixels, labels } = images;
  const data = new Float32Array(count * cols);
  const bytes = size * size * 3;
  for (let start = 0; start < count; start += batchSize) {
    const end = Math.min(start + batchSize, count);
    const batch = pixels.subarray(start * bytes, end * bytes);
    const { embedding } = await session.run({
      pixels: new Tensor('uint8', batch, [end - start, size, size, 3]),
    });
    data.set(embedding!.data as Float32Array, start * cols);
  }
  return { features: { data, rows: count, cols }, labels };
}
