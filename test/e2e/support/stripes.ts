import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { seededRandom } from '../../../src/base/random.ts';
import { writeModel } from '../../../src/graph/write-model.ts';
import { smallSize } from '../../support/networks/exporter.ts';
import { mobileNetV3 } from '../../support/networks/mobilenet-v3.ts';
import { emendJson } from '../../support/terminal.ts';
import { newFolder } from './app.ts';
import { emptyProject } from './projects.ts';

const patterns = ['across', 'aslant', 'down'] as const;
const perClass = 30;
const { image: side } = smallSize;

/** A project of noisy stripes in three directions, with a small network that knows nothing yet: `small`. */
export async function stripesProject(): Promise<string> {
  const project = await emptyProject('Stripes');
  const images = newFolder('stripes');
  const random = seededRandom(3);
  for (const pattern of patterns) {
    mkdirSync(join(images, pattern));
    for (let at = 0; at < perClass; at++) {
      await draw(join(images, pattern, `${at}.png`), pattern, (below) => random.int(below));
    }
  }
  await emendJson('add', project, images, '--labels', 'folders');
  const file = join(newFolder('network'), 'small.onnx');
  writeFileSync(file, writeModel(mobileNetV3(smallSize)));
  await emendJson('backbone', 'add', project, file, '--size', `${side}`);
  return project;
}

async function draw(
  file: string,
  pattern: (typeof patterns)[number],
  int: (below: number) => number,
): Promise<void> {
  const pixels = Uint8Array.from({ length: side * side * 3 }, (_, at) => {
    const [x, y] = [Math.floor(at / 3) % side, Math.floor(at / 3 / side)];
    const phase = { across: y, aslant: x + y, down: x }[pattern];
    return (Math.floor(phase / 2) % 2) * 120 + int(100);
  });
  await sharp(pixels, { raw: { width: side, height: side, channels: 3 } }).toFile(file);
}
