import { describe, expect, test } from 'vitest';
import { int, ints } from '../attribute.ts';
import { ModelBuilder } from '../builder.ts';
import { float32Tensor, int64Vector, rawTensor, readIntegers } from '../tensor.ts';
import type { Model } from '../model.ts';
import { dropIdentities } from './drop-identities.ts';

type Make = (builder: ModelBuilder, value: string) => string;

/** Relu → what is made → Exp, on [N, 2, 3]. */
function simplified(make: Make): Model {
  const builder = new ModelBuilder('identities', 18);
  const relu = builder.node('Relu', [builder.input('x', 'float32', ['N', 2, 3])]);
  const value = builder.node('Exp', [make(builder, relu)]);
  builder.output('y', value, { type: 'float32', dims: ['N'] });
  return dropIdentities(builder.build());
}

const between = (make: Make): readonly string[] =>
  simplified(make)
    .graph.nodes.map(({ opType }) => opType)
    .slice(1, -1);

const vector = (builder: ModelBuilder, ...values: readonly number[]): string =>
  builder.constant(int64Vector(...values));
const truth = (builder: ModelBuilder, value: boolean): string =>
  builder.constant(rawTensor('bool', [], Uint8Array.of(Number(value))));
const ratio = (builder: ModelBuilder): string => builder.constant(float32Tensor([], [0.5]));

describe('goes', () => {
  test.each<[string, Make]>([
    ['Identity', (b, x) => b.node('Identity', [x])],
    ['Dropout', (b, x) => b.node('Dropout', [x, ratio(b)])],
    ['Dropout that says it is not training', (b, x) => b.node('Dropout', [x, ratio(b), truth(b, false)])],
    ['Cast', (b, x) => b.node('Cast', [x], { to: int(1) })],
    ['Reshape', (b, x) => b.node('Reshape', [x, vector(b, 0, -1, 3)])],
    ['Squeeze', (b, x) => b.node('Squeeze', [x, vector(b)])],
    ['Expand', (b, x) => b.node('Expand', [x, vector(b, 1, 2, 3)])],
    ['Tile', (b, x) => b.node('Tile', [x, vector(b, 1, 1, 1)])],
    ['Transpose', (b, x) => b.node('Transpose', [x], { perm: ints([0, 1, 2]) })],
    ['Pad', (b, x) => b.node('Pad', [x, vector(b, 0, 0, 0, 0, 0, 0)])],
    ['Slice', (b, x) => b.node('Slice', [x, vector(b, 0), vector(b, 2 ** 40), vector(b, 2)])],
    ['Concat', (b, x) => b.node('Concat', [x], { axis: int(1) })],
    ['several', (b, x) => b.node('Identity', [b.node('Dropout', [b.node('Identity', [x])])])],
    [
      'two transposes that undo each other',
      (b, x) => {
        const turned = b.node('Transpose', [x], { perm: ints([1, 2, 0]) });
        return b.node('Transpose', [turned], { perm: ints([2, 0, 1]) });
      },
    ],
  ])('%s', (name, make) => {
    // A pair becomes one that changes nothing, which goes in the next pass.
    const model = dropIdentities(simplified(make));
    expect(
      model.graph.nodes.map(({ opType }) => opType),
      name,
    ).toEqual(['Relu', 'Exp']);
  });
});

describe('stays', () => {
  test.each<[string, Make]>([
    ['Dropout', (b, x) => b.node('Dropout', [x, ratio(b), truth(b, true)])],
    ['Cast', (b, x) => b.node('Cast', [x], { to: int(11) })],
    ['Reshape', (b, x) => b.node('Reshape', [x, vector(b, 0, 3, 2)])],
    ['Transpose', (b, x) => b.node('Transpose', [x], { perm: ints([0, 2, 1]) })],
    ['Pad', (b, x) => b.node('Pad', [x, vector(b, 0, 0, 1, 0, 0, -1)])],
    ['Slice', (b, x) => b.node('Slice', [x, vector(b, -1), vector(b, -9), vector(b, 2), vector(b, -1)])],
  ])('%s', (opType, make) => {
    expect(between(make)).toEqual([opType]);
  });

  test('Dropout whose mask is read', () => {
    const make: Make = (b, x) => {
      const [kept = '', mask = ''] = b.nodeOf('Dropout', [x], { outputs: 2 });
      return b.node('Where', [mask, kept, x]);
    };
    expect(between(make)).toEqual(['Dropout', 'Where']);
  });
});

test('several reshapes in a row become one', () => {
  const model = simplified((b, x) => {
    const flat = b.node('Flatten', [x]);
    return b.node('Reshape', [b.node('Unsqueeze', [flat, vector(b, 1)]), vector(b, -1, 3, 2)]);
  });
  expect(model.graph.nodes.map(({ opType }) => opType)).toEqual(['Relu', 'Reshape', 'Exp']);
  const target = model.graph.initializers.get(model.graph.nodes[1]!.inputs[1]!);
  expect(readIntegers(target!)).toEqual([0n, 3n, 2n]);
});

test('two transposes become one', () => {
  const model = simplified((b, x) => {
    const turned = b.node('Transpose', [x], { perm: ints([0, 2, 1]) });
    return b.node('Transpose', [turned], { perm: ints([1, 2, 0]) });
  });
  expect(model.graph.nodes.map(({ opType, attributes }) => [opType, attributes.get('perm')])).toEqual([
    ['Relu', undefined],
    ['Transpose', ints([2, 1, 0])],
    ['Exp', undefined],
  ]);
});
