import { writeFile } from 'node:fs/promises';
import { ints } from '../../src/graph/attribute.ts';
import { ModelBuilder } from '../../src/graph/builder.ts';
import { writeModel } from '../../src/graph/write-model.ts';

/** Side of its input, in pixels. */
export const tinySize = 16;

/** Writes an ONNX model whose embedding is an image's mean colours on a grid of 4 × 4: fitted to nothing, and fast. */
export async function writeTinyBackbone(file: string): Promise<void> {
  const builder = new ModelBuilder('tiny');
  const image = builder.input('image', 'float32', ['N', 3, tinySize, tinySize]);
  const cell = tinySize / 4;
  const means = builder.node('AveragePool', [image], {
    kernel_shape: ints([cell, cell]),
    strides: ints([cell, cell]),
  });
  builder.output('embedding', builder.node('Flatten', [means]), { type: 'float32', dims: ['N', 48] });
  await writeFile(file, writeModel(builder.build()));
}
