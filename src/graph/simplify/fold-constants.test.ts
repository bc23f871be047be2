import { describe, expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { floats, int, tensor } from '../attribute.ts';
import { ModelBuilder } from '../builder.ts';
import { dataTypeCode } from '../data-type.ts';
import type { Dimension, Model } from '../model.ts';
import {
  float32Tensor,
  int64Tensor,
  int64Vector,
  readFloat32,
  readIntegers,
  type Tensor,
} from '../tensor.ts';
import { foldConstants } from './fold-constants.ts';

const opTypes = ({ graph }: Model): readonly string[] => graph.nodes.map(({ opType }) => opType);

/** Reads a computed value by a node that stays, folds, and gives the stored tensor that it reads then. */
function folded(make: (builder: ModelBuilder) => string): Tensor | undefined {
  const builder = new ModelBuilder('folded', 18);
  const x = builder.input('x', 'float32', ['N']);
  const value = make(builder);
  builder.output('y', builder.node('Custom', [x, value]), { type: 'float32', dims: ['N'] });
  const { graph } = foldConstants(builder.build());
  return graph.initializers.get(must(graph.nodes.at(-1)?.inputs[1], 'a second input'));
}

/** x [N, 4, 3, 3] reshaped as PyTorch does it: to its first size and the rest. */
function flattened(batch: Dimension): Model {
  const builder = new ModelBuilder('flattened', 18);
  const x = builder.input('x', 'float32', [batch, 4, 3, 3]);
  const position = builder.node('Constant', [], { value: tensor(int64Tensor([], [0])) });
  const size = builder.node('Gather', [builder.node('Shape', [x]), position]);
  const axes = builder.node('Constant', [], { value: tensor(int64Vector(0)) });
  const parts = [builder.node('Unsqueeze', [size, axes]), builder.constant(int64Vector(-1))];
  const target = builder.node('Concat', parts, { axis: int(0) });
  const flat = builder.node('Reshape', [x, target]);
  return builder.output('y', builder.node('Relu', [flat]), { type: 'float32', dims: [batch, 36] }).build();
}

describe('the shape of a Reshape', () => {
  test.each<[Dimension, readonly bigint[]]>([
    ['N', [0n, 36n]],
    [5, [5n, -1n]],
  ])('with a batch of %s', (batch, expected) => {
    const { graph } = foldConstants(flattened(batch));
    expect(graph.nodes.map(({ opType }) => opType)).toEqual(['Reshape', 'Relu']);
    const target = must(graph.initializers.get(graph.nodes[0]!.inputs[1]!), 'a stored target');
    expect(readIntegers(target)).toEqual(expected);
  });

  test('stays computed when it mixes two unknown sizes', () => {
    const builder = new ModelBuilder('two', 18);
    const x = builder.input('x', 'float32', ['N', 4, 'L']);
    const shape = builder.node('Shape', [x]);
    const turned = builder.node('Gather', [shape, builder.constant(int64Vector(2, 1, 0))]);
    builder.output('y', builder.node('Reshape', [x, turned]), { type: 'float32', dims: ['L', 4, 'N'] });
    expect(opTypes(foldConstants(builder.build()))).toEqual(['Shape', 'Gather', 'Reshape']);
  });
});

describe('numbers', () => {
  const matrix = float32Tensor([2, 3], [1, 2, 3, 4, 5, 6]);

  test.each<[string, readonly number[], (builder: ModelBuilder, m: string) => string]>([
    ['Transpose', [1, 4, 2, 5, 3, 6], (b, m) => b.node('Transpose', [m])],
    [
      'Slice',
      [3, 2, 6, 5],
      (b, m) => b.node('Slice', [m, ...[[-1], [0], [1], [-1]].map((v) => b.constant(int64Vector(...v)))]),
    ],
    [
      'Gather',
      [3, 1, 6, 4],
      (b, m) => b.node('Gather', [m, b.constant(int64Vector(-1, 0))], { axis: int(1) }),
    ],
    ['Concat', [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6], (b, m) => b.node('Concat', [m, m], { axis: int(1) })],
    ['Mul', [2, 4, 6, 8, 10, 12], (b, m) => b.node('Mul', [m, b.constant(float32Tensor([], [2]))])],
    ['Sub', [0, 0, 0, 3, 3, 3], (b, m) => b.node('Sub', [m, b.constant(float32Tensor([3], [1, 2, 3]))])],
    [
      'Sqrt',
      [
        1,
        Math.fround(Math.SQRT2),
        Math.fround(Math.sqrt(3)),
        2,
        Math.fround(Math.sqrt(5)),
        Math.fround(Math.sqrt(6)),
      ],
      (b, m) => b.node('Sqrt', [m]),
    ],
    [
      'Where',
      [1, 2, 3, 0, 0, 0],
      (b, m) => {
        const four = b.constant(float32Tensor([], [4]));
        return b.node('Where', [b.node('Less', [m, four]), m, b.constant(float32Tensor([1], [0]))]);
      },
    ],
    [
      'Cast',
      [1, 1, 1, 0, 0, 0],
      (b, m) => {
        const small = b.node('Less', [m, b.constant(float32Tensor([], [4]))]);
        return b.node('Cast', [small], { to: int(1) });
      },
    ],
    ['Constant', [7, 8], (b) => b.node('Constant', [], { value_floats: floats([7, 8]) })],
  ])('%s', (_, expected, make) => {
    const found = folded((builder) => make(builder, builder.constant(matrix)));
    expect([...readFloat32(must(found, 'a stored value'))]).toEqual(expected);
  });

  test.each<[string, readonly bigint[], (builder: ModelBuilder) => string]>([
    [
      'Range',
      [2n, 5n, 8n],
      (b) =>
        b.node(
          'Range',
          [2, 10, 3].map((v) => b.constant(int64Tensor([], [v]))),
        ),
    ],
    [
      'ConstantOfShape',
      [-1n, -1n],
      (b) => b.node('ConstantOfShape', [b.constant(int64Vector(2))], { value: tensor(int64Vector(-1)) }),
    ],
    [
      'Div towards zero',
      [-2n, 2n],
      (b) => b.node('Div', [b.constant(int64Vector(-5, 5)), b.constant(int64Vector(2))]),
    ],
    [
      'Cast',
      [2n, -2n],
      (b) =>
        b.node('Cast', [b.constant(float32Tensor([2], [2.9, -2.9]))], { to: int(dataTypeCode('int64')) }),
    ],
    [
      'a table of indices',
      [0n, 1n, 0n, 1n],
      (b) => b.node('Expand', [b.constant(int64Vector(0, 1)), b.constant(int64Vector(2, 2))]),
    ],
    [
      'the largest integer',
      [2n ** 63n - 1n, 1n],
      (b) =>
        b.node('Concat', [b.constant(int64Tensor([1], [2n ** 63n - 1n])), b.constant(int64Vector(1))], {
          axis: int(0),
        }),
    ],
  ])('%s', (_, expected, make) => {
    expect(readIntegers(must(folded(make), 'a stored value'))).toEqual(expected);
  });

  test('an integer divided by zero is left to the runtime', () => {
    expect(
      folded((b) => b.node('Div', [b.constant(int64Vector(1)), b.constant(int64Vector(0))])),
    ).toBeUndefined();
  });

  test('half of an odd number of pixels is not whole', () => {
    const real = (b: ModelBuilder, value: string): string => b.node('Cast', [value], { to: int(1) });
    const half = folded((b) =>
      b.node('Div', [real(b, b.constant(int64Vector(7))), real(b, b.constant(int64Vector(2)))]),
    );
    expect([...readFloat32(must(half, 'a stored value'))]).toEqual([3.5]);
  });
});

test('a class token stays one token where it is repeated for each image', () => {
  expect(
    folded((b) =>
      b.node('Expand', [b.constant(float32Tensor([1, 1, 2], [1, 2])), b.constant(int64Vector(4, 1, 2))]),
    ),
  ).toBeUndefined();
});

test('an output of the model stays one', () => {
  const builder = new ModelBuilder('output', 18);
  builder.output('y', builder.node('Neg', [builder.constant(float32Tensor([1], [1]))]), {
    type: 'float32',
    dims: [1],
  });
  expect(opTypes(foldConstants(builder.build()))).toEqual(['Neg']);
});
