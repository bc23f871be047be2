import { describe, expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { float, int } from '../attribute.ts';
import { ModelBuilder } from '../builder.ts';
import type { Model } from '../model.ts';
import { elementCount, float32Tensor, readFloat32 } from '../tensor.ts';
import { foldBatchNormalization } from './fold-batch-normalization.ts';

const count = (dims: readonly number[]): readonly number[] =>
  Array.from({ length: elementCount(dims) }, (_, i) => i + 1);
const stored = (builder: ModelBuilder, dims: readonly number[], values = count(dims)): string =>
  builder.constant(float32Tensor(dims, values));

/** γ = 2, 3, …; β = 1; μ = 1, 2, …; σ² = 4, so that channel c is taken to (c + 2) / 2 · (x − c − 1) + 1. */
function normalised(builder: ModelBuilder, value: string, channels: number): string {
  const parameters = [
    count([channels]).map((c) => c + 1),
    count([channels]).map(() => 1),
    count([channels]),
    count([channels]).map(() => 4),
  ].map((values) => stored(builder, [channels], values));
  return builder.node('BatchNormalization', [value, ...parameters], { epsilon: float(0) });
}

function folded(
  dims: readonly (number | string)[],
  make: (builder: ModelBuilder, x: string) => string,
): Model {
  const builder = new ModelBuilder('folded', 18);
  const value = make(builder, builder.input('x', 'float32', dims));
  builder.output('y', value, { type: 'float32', dims: ['N'] });
  return foldBatchNormalization(builder.build());
}

/** Operators, and the numbers of what the only one left reads. */
function described({ graph }: Model): unknown {
  const [node] = graph.nodes;
  const numbers = node?.inputs
    .slice(1)
    .map((name) => [...readFloat32(must(graph.initializers.get(name), name))]);
  return [graph.nodes.map(({ opType }) => opType), numbers];
}

const opTypes = ({ graph }: Model): readonly string[] => graph.nodes.map(({ opType }) => opType);

describe('normalisation', () => {
  test('after Conv', () => {
    const model = folded(['N', 2, 5, 5], (b, x) =>
      normalised(b, b.node('Conv', [x, stored(b, [2, 2, 1, 1]), stored(b, [2], [10, 20])]), 2),
    );
    expect(described(model)).toEqual([
      ['Conv'],
      [
        [1, 2, 4.5, 6],
        [10, 28],
      ],
    ]);
  });

  test('after Conv without a bias', () => {
    const model = folded(['N', 2, 5, 5], (b, x) =>
      normalised(b, b.node('Conv', [x, stored(b, [2, 2, 1, 1])]), 2),
    );
    expect(described(model)).toEqual([
      ['Conv'],
      [
        [1, 2, 4.5, 6],
        [0, -2],
      ],
    ]);
  });

  test('after ConvTranspose, each group of inputs making its own channels', () => {
    const model = folded(['N', 2, 5, 5], (b, x) =>
      normalised(b, b.node('ConvTranspose', [x, stored(b, [2, 2, 1, 1])], { group: int(2) }), 4),
    );
    expect(described(model)).toEqual([
      ['ConvTranspose'],
      [
        [1, 3, 6, 10],
        [0, -2, -5, -9],
      ],
    ]);
  });

  test.each([
    [0, [1, 3, 3, 6]],
    [1, [1, 2, 4.5, 6]],
  ])('after Gemm, transposed %s', (transB, weight) => {
    const model = folded(['N', 2], (b, x) =>
      normalised(
        b,
        b.node('Gemm', [x, stored(b, [2, 2]), stored(b, [1, 2], [10, 20])], { transB: int(transB) }),
        2,
      ),
    );
    expect(described(model)).toEqual([['Gemm'], [weight, [10, 28]]]);
  });

  test('after a product of matrices and a sum, which become a Gemm', () => {
    const model = folded(['N', 2], (b, x) =>
      normalised(b, b.node('Add', [stored(b, [2], [10, 20]), b.node('MatMul', [x, stored(b, [2, 2])])]), 2),
    );
    expect(described(model)).toEqual([
      ['Gemm'],
      [
        [1, 3, 3, 6],
        [10, 28],
      ],
    ]);
  });
});

test('scales and shifts per channel', () => {
  const model = folded(['N', 2, 5, 5], (b, x) => {
    const conv = b.node('Conv', [x, stored(b, [2, 2, 1, 1]), stored(b, [2], [10, 20])]);
    const scaled = b.node('Mul', [stored(b, [2, 1, 1], [1, 2]), conv]);
    const shifted = b.node('Sub', [scaled, stored(b, [1, 2, 1, 1], [3, 4])]);
    return b.node('Div', [shifted, stored(b, [], [2])]);
  });
  expect(described(model)).toEqual([
    ['Conv'],
    [
      [0.5, 1, 3, 4],
      [3.5, 18],
    ],
  ]);
});

describe('what stays', () => {
  const conv = (b: ModelBuilder, x: string): string => b.node('Conv', [x, stored(b, [2, 2, 1, 1])]);

  test('normalisation of a value that somebody else reads', () => {
    const model = folded(['N', 2, 5, 5], (b, x) => {
      const value = conv(b, x);
      return b.node('Add', [normalised(b, value, 2), value]);
    });
    expect(opTypes(model)).toEqual(['Conv', 'BatchNormalization', 'Add']);
  });

  test('normalisation of no linear layer', () => {
    const model = folded(['N', 2, 5, 5], (b, x) => normalised(b, b.node('Relu', [x]), 2));
    expect(opTypes(model)).toEqual(['Relu', 'BatchNormalization']);
  });

  test('normalisation that trains', () => {
    const model = folded(['N', 2, 5, 5], (b, x) => {
      const parameters = Array.from({ length: 4 }, () => stored(b, [2]));
      return b.node('BatchNormalization', [conv(b, x), ...parameters], { training_mode: int(1) });
    });
    expect(opTypes(model)).toEqual(['Conv', 'BatchNormalization']);
  });

  test('normalisation by no variance', () => {
    const model = folded(['N', 2, 5, 5], (b, x) => {
      const parameters = Array.from({ length: 4 }, () => stored(b, [2], [0, 1]));
      return b.node('BatchNormalization', [conv(b, x), ...parameters], { epsilon: float(0) });
    });
    expect(opTypes(model)).toEqual(['Conv', 'BatchNormalization']);
  });

  test.each([
    ['along a row', [5]],
    ['for each image', [3, 1, 1, 1]],
    ['of more dimensions', [1, 1, 2, 1, 1]],
  ])('a scale %s', (_, dims) => {
    const model = folded([3, 2, 5, 5], (b, x) => b.node('Mul', [conv(b, x), stored(b, dims)]));
    expect(opTypes(model)).toEqual(['Conv', 'Mul']);
  });

  test('a scale that repeats the only channel', () => {
    const model = folded(['N', 2, 5, 5], (b, x) =>
      b.node('Mul', [b.node('Conv', [x, stored(b, [1, 2, 1, 1])]), stored(b, [3, 1, 1])]),
    );
    expect(opTypes(model)).toEqual(['Conv', 'Mul']);
  });

  test('a product over more than matrices', () => {
    const model = folded(['N', 4, 2], (b, x) =>
      b.node('Add', [b.node('MatMul', [x, stored(b, [2, 3])]), stored(b, [3])]),
    );
    expect(opTypes(model)).toEqual(['MatMul', 'Add']);
  });
});
