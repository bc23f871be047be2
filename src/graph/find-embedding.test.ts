import { expect, test } from 'vitest';
import { ModelBuilder } from './builder.ts';
import { findEmbedding } from './find-embedding.ts';
import type { Dimension } from './model.ts';
import { elementCount, float32Tensor, type NumericTensor } from './tensor.ts';

/** A network of single-input operators, one after another; those in `weighted` get stored weights. */
function network(ops: readonly string[], dims: readonly Dimension[], output = 'output'): ModelBuilder {
  const builder = new ModelBuilder('network');
  let value = builder.input('image', 'float32', ['N', 3, 'H', 'W']);
  for (const op of ops) {
    const weight = weightDims(op, builder.facts(value)?.dims ?? []);
    value = builder.node(op, weight ? [value, builder.constant(ones(weight))] : [value]);
  }
  return builder.output(output, value, { type: 'float32', dims });
}

/** Dimensions of the weight that an operator reads beside a value of these dimensions; null for none. */
function weightDims(op: string, dims: readonly Dimension[]): readonly number[] | null {
  if (op === 'Conv') return [8, Number(dims[1]), 1, 1];
  if (op === 'Gemm' || op === 'MatMul') return [Number(dims[1] ?? 8), 8];
  return op === 'LayerNormalization' || op === 'Add' || op === 'Mul' ? [1] : null;
}

function ones(dims: readonly number[]): NumericTensor {
  return float32Tensor(dims, new Float32Array(elementCount(dims)).fill(1));
}

function embeddingOf(builder: ModelBuilder): string {
  const model = builder.build();
  const found = findEmbedding(model, 'net.onnx');
  if (!found.ok) return found.error.reason;
  const maker = model.graph.nodes.find((node) => node.outputs.includes(found.value));
  return maker?.opType ?? found.value;
}

test.each([
  ['ResNet', ['Conv', 'Relu', 'GlobalAveragePool', 'Flatten', 'Gemm'], 'Flatten'],
  ['with a softmax', ['Conv', 'GlobalAveragePool', 'Flatten', 'MatMul', 'Add', 'Softmax'], 'Flatten'],
  ['VGG: the last of several linear layers', ['Conv', 'Flatten', 'Gemm', 'Relu', 'Gemm'], 'Relu'],
  [
    'MobileNet: linear layer as a convolution',
    ['Conv', 'Clip', 'GlobalAveragePool', 'Conv', 'Flatten'],
    'GlobalAveragePool',
  ],
  [
    'MobileNetV3: two of them',
    ['Conv', 'GlobalAveragePool', 'Conv', 'HardSwish', 'Flatten', 'Gemm'],
    'Flatten',
  ],
  ['without a head', ['Conv', 'Relu', 'GlobalAveragePool', 'Flatten'], 'Flatten'],
  ['metric learning', ['Conv', 'Flatten', 'Gemm', 'LpNormalization'], 'LpNormalization'],
])('%s', (_, ops, expected) => {
  expect(embeddingOf(network(ops, ['N', 8]))).toBe(expected);
});

test('an output named as one wins over the layer before the logits', () => {
  const builder = network(['Conv', 'GlobalAveragePool', 'Flatten', 'Gemm'], ['N', 10], 'logits');
  const projected = builder.node('Tanh', ['image']);
  builder.output('image_embeds', projected, { type: 'float32', dims: ['N', 4] });
  expect(embeddingOf(builder)).toBe('Tanh');
});

test('tokens of a transformer are taken when nothing is pooled', () => {
  expect(embeddingOf(network(['Conv', 'LayerNormalization'], ['N', 197, 384], 'last_hidden_state'))).toBe(
    'LayerNormalization',
  );
});

test('a product of two branches is no scaled output', () => {
  const builder = new ModelBuilder('gated');
  const image = builder.input('image', 'float32', ['N', 3, 'H', 'W']);
  const product = builder.node('Mul', [
    builder.node('GlobalAveragePool', [image]),
    builder.node('Sigmoid', [image]),
  ]);
  builder.output('masks', product, { type: 'float32', dims: ['N', 3, 'H', 'W'] });
  expect(embeddingOf(builder)).toContain('(masks)');
});

test('a detector has none, and its outputs are named', () => {
  expect(embeddingOf(network(['Conv', 'Sigmoid'], ['N', 85, 22, 22], 'boxes'))).toContain('(boxes)');
});
