import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { seededRandom } from '../../src/base/random.ts';
import { defaultAugmentation, defaultChoices, type TrainingChoices } from '../../src/contract/training.ts';
import { writeModel } from '../../src/graph/write-model.ts';
import { startEngine, type TestEngine } from './engine.ts';
import { smallSize } from './networks/exporter.ts';
import { mobileNetV3 } from './networks/mobilenet-v3.ts';

/** Side of the images, and of what the network takes. */
const size = smallSize.image;
const patterns = ['across', 'aslant', 'down'];
const perClass = 30;

/** Nothing that would turn one pattern into another. */
export const stripesChoices: TrainingChoices = {
  ...defaultChoices,
  ...{ epochs: 20, batch: 16, rate: 1e-2 },
  augmentation: { ...defaultAugmentation, mirror: false, crop: 0 },
};

export interface Striped extends TestEngine {
  readonly project: string;
  /** Holds a folder for each pattern. */
  readonly images: string;
  readonly backbone: string;
}

/**
 * A project of stripes across, aslant and down in noise, which a network without training cannot tell.
 * @param contrast of the stripes; 0 = noise alone, whose labels say nothing
 */
export async function stripes(contrast = 120): Promise<Striped> {
  const engine = await startEngine();
  const { client, folder, done } = engine;
  const images = join(folder, 'images');
  const random = seededRandom(3);
  for (const pattern of patterns) {
    await mkdir(join(images, pattern), { recursive: true });
    for (let i = 0; i < perClass; i++)
      await drawStripes(join(images, pattern, `${i}.png`), { pattern, contrast, int: random.int });
  }
  const project = join(folder, 'project');
  await client.project.create({ folder: project, name: 'Stripes' });
  await done(client.images.add({ folder: images, labels: { kind: 'folders' }, annotator: null }));
  const file = join(folder, 'small.onnx');
  await writeFile(file, writeModel(mobileNetV3(smallSize)));
  const { id } = await client.model.addBackbone({ file, id: null, size });
  return { ...engine, project, images, backbone: id };
}

interface Drawing {
  readonly pattern: string;
  readonly contrast: number;
  readonly int: (below: number) => number;
}

async function drawStripes(file: string, { pattern, contrast, int }: Drawing): Promise<void> {
  const pixels = Uint8Array.from({ length: size * size * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    const [x, y] = [pixel % size, Math.floor(pixel / size)];
    const phase = [y, x + y, x][patterns.indexOf(pattern)] ?? 0;
    return (Math.floor(phase / 2) % 2) * contrast + int(100);
  });
  await sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
    .png()
    .toFile(file);
}
