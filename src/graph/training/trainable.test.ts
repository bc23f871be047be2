import { expect, test } from 'vitest';
import { ints } from '../attribute.ts';
import { ModelBuilder } from '../builder.ts';
import { float32Tensor, int64Vector } from '../tensor.ts';
import { trainables } from './trainable.ts';

test('weights are told from what prepares the image and from scalars', () => {
  const builder = new ModelBuilder('network');
  const ones = (name: string, ...dims: readonly number[]): string =>
    builder.constant(float32Tensor(dims, new Float32Array(dims.reduce((a, b) => a * b, 1)).fill(1)), name);
  const image = builder.input('image', 'float32', ['N', 3, 4, 4]);
  const centred = builder.node('Sub', [image, ones('mean', 1, 3, 1, 1)]);
  const first = builder.node('Conv', [centred, ones('filter', 2, 3, 1, 1), ones('bias', 2)], {
    kernel_shape: ints([1, 1]),
  });
  const clipped = builder.node('Clip', [first, builder.constant(float32Tensor([], [0]), 'low')]);
  const scaled = builder.node('Mul', [clipped, ones('layer scale', 1, 2, 1, 1)]);
  const flat = builder.node('Reshape', [scaled, builder.constant(int64Vector(-1, 32), 'shape')]);
  const logits = builder.node('MatMul', [flat, ones('weight', 32, 5)]);
  const model = builder.output('logits', logits, { type: 'float32', dims: ['N', 5] }).build();
  expect(trainables(model.graph)).toEqual([
    { name: 'filter', layer: 0 },
    { name: 'bias', layer: 0 },
    { name: 'layer scale', layer: 0 },
    { name: 'weight', layer: 1 },
  ]);
});
