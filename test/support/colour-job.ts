import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '../../src/base/assert.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { TrainerJob } from '../../src/contract/trainer.ts';
import { defaultAugmentation, type LossChoice } from '../../src/contract/training.ts';
import { int, ints } from '../../src/graph/attribute.ts';
import { ModelBuilder } from '../../src/graph/builder.ts';
import { dataTypeCode } from '../../src/graph/data-type.ts';
import { float32Tensor } from '../../src/graph/tensor.ts';
import { writeModel } from '../../src/graph/write-model.ts';

type TuneJob = Extract<TrainerJob, { kind: 'tune' }>;

/** Side of an image, and the length of its embedding. */
const [size, dim] = [8, 8];

/** How much of red, green and blue each class has. */
const colours = [
  [1, 0, 0],
  [1, 1, 0],
  [0, 0, 1],
  [0, 1, 1],
];

/** The classes are two warm colours and two cold ones. */
export const colourTree = Int32Array.of(4, 4, 5, 5, -1, -1);

export interface ColourImages {
  /** Class of each image. */
  readonly labels: readonly number[];
  /** What is added to a channel of an image. */
  readonly tint?: (image: number, channel: number) => number;
}

/** A job that trains a convolution of random filters to tell coloured images apart; everything is trained and held. */
export async function colourJob(loss: LossChoice, images: ColourImages): Promise<TuneJob> {
  const folder = await mkdtemp(join(tmpdir(), 'emend-colours-'));
  const [pixels, file] = [join(folder, 'pixels'), join(folder, 'network.onnx')];
  await writeFile(pixels, drawImages(images));
  await writeFile(file, filters());
  const labels = Int32Array.from(images.labels);
  const positions = Int32Array.from(labels.keys());
  return {
    ...{ kind: 'tune', folder, pixels, classCount: colours.length, labels, parents: null, domains: null },
    backbone: { id: 'colours', file, size, dim },
    ...{ train: positions, held: positions, start: null, temperature: 1, metadata: {} },
    settings: {
      ...{ epochs: 30, batch: 16, rate: 0.05, headRate: 3, layerDecay: 1, weightDecay: 0, warmUp: 0.1 },
      ...{ labelSmoothing: 0.02, layers: null, loss, sampling: 'natural', device: 'cpu', seed: 1 },
      augmentation: { ...defaultAugmentation, mirror: false, crop: 0, brightness: 0, contrast: 0 },
    },
    output: { backbone: join(folder, 'backbone.onnx'), head: join(folder, 'head.onnx') },
  };
}

function drawImages({ labels, tint = () => 0 }: ColourImages): Uint8Array {
  const random = seededRandom(5);
  return Uint8Array.from({ length: labels.length * size * size * 3 }, (_, at) => {
    const image = Math.floor(at / (size * size * 3));
    const colour = must(colours[must(labels[image], 'a label')]?.[at % 3], 'a colour');
    return 60 + random.int(40) + 60 * colour + tint(image, at % 3);
  });
}

/** uint8 [N, size, size, 3] → embedding [N, dim]. */
function filters(): Uint8Array {
  const random = seededRandom(2);
  const builder = new ModelBuilder('filters', 18);
  const pixels = builder.input('pixels', 'uint8', ['N', size, size, 3]);
  const numbers = builder.node('Cast', [pixels], { to: int(dataTypeCode('float32')) });
  const scaled = builder.node('Div', [numbers, builder.constant(float32Tensor([], [128]))]);
  const image = builder.node('Transpose', [scaled], { perm: ints([0, 3, 1, 2]) });
  const weights = Float32Array.from({ length: dim * 27 }, () => random.normal() / 4);
  const filter = builder.constant(float32Tensor([dim, 3, 3, 3], weights), 'filter');
  const bias = builder.constant(float32Tensor([dim], new Float32Array(dim).fill(0.1)), 'bias');
  const seen = builder.node('Conv', [image, filter, bias], { kernel_shape: ints([3, 3]) });
  const pooled = builder.node('Flatten', [builder.node('GlobalAveragePool', [builder.node('Relu', [seen])])]);
  return writeModel(builder.output('embedding', pooled, { type: 'float32', dims: ['N', dim] }).build());
}
