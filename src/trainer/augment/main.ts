import { parentPort, workerData } from 'node:worker_threads';
import { must } from '#base/assert.ts';
import { ProblemError } from '#base/problem.ts';
import { Augmenter } from '#learn/augment/augmenter.ts';
import { imageRandom } from '#learn/augment/image-random.ts';
import { PixelFile } from '../tune/pixel-file.ts';
import type { AugmentAnswer, AugmentRequest, AugmentWork } from './augment-message.ts';

// A thread of the training process: reads images and varies them while the device trains.

const port = must(parentPort, 'this program runs as a thread');
const { path, seed, ...options } = workerData as AugmentWork;
const imageBytes = options.size ** 2 * 3;
const augmenter = new Augmenter(options);
const file = await PixelFile.open(path, options.size);

async function makeVariants({ positions, first }: AugmentRequest): Promise<Uint8Array<ArrayBuffer>> {
  const images = new Uint8Array(positions.length * imageBytes);
  await file.read(positions, images);
  const variants = new Uint8Array(images.length);
  for (let i = 0; i < positions.length; i++) {
    const [start, end] = [i * imageBytes, (i + 1) * imageBytes];
    augmenter.vary(images.subarray(start, end), variants.subarray(start, end), imageRandom(seed, first + i));
  }
  return variants;
}

async function answer(request: AugmentRequest): Promise<void> {
  const { call } = request;
  try {
    const pixels = await makeVariants(request);
    port.postMessage({ call, pixels } satisfies AugmentAnswer, [pixels.buffer]);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    port.postMessage({ call, problem: error.problem } satisfies AugmentAnswer);
  }
}

port.on('message', (request: AugmentRequest) => void answer(request));
