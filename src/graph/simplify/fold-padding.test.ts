import { expect, test } from 'vitest';
import { ints, string } from '../attribute.ts';
import { ModelBuilder } from '../builder.ts';
import type { Attribute } from '../model.ts';
import { float32Tensor, int64Vector } from '../tensor.ts';
import { foldPadding } from './fold-padding.ts';

interface Case {
  readonly pads: readonly number[];
  readonly fill?: number;
  readonly mode?: string;
  readonly conv?: Readonly<Record<string, Attribute>>;
}

/** Operators left, and the pads of the convolution. */
function folded({ pads, fill = 0, mode = 'constant', conv = {} }: Case): unknown {
  const builder = new ModelBuilder('padded', 18);
  const x = builder.input('x', 'float32', ['N', 2, 5, 5]);
  const stored = [builder.constant(int64Vector(...pads)), builder.constant(float32Tensor([], [fill]))];
  const padded = builder.node('Pad', [x, ...stored], { mode: string(mode) });
  const weight = builder.constant(float32Tensor([2, 2, 3, 3], new Float32Array(36)));
  const value = builder.node('Conv', [padded, weight], conv);
  const model = foldPadding(builder.output('y', value, { type: 'float32', dims: ['N'] }).build());
  return [model.graph.nodes.map(({ opType }) => opType), model.graph.nodes.at(-1)?.attributes.get('pads')];
}

const uneven = [0, 0, 0, 1, 0, 0, 2, 3];

test.each<[string, Case]>([
  ['no padding of its own', { pads: uneven }],
  ['VALID', { pads: uneven, conv: { auto_pad: string('VALID') } }],
  ['zeros', { pads: uneven, conv: { pads: ints([0, 0, 0, 0]) } }],
])('padding becomes part of a convolution with %s', (_, padding) => {
  expect(folded(padding)).toEqual([['Conv'], ints([0, 1, 2, 3])]);
});

test.each<[string, Case]>([
  ['of images', { pads: [1, 0, 0, 0, 0, 0, 0, 0] }],
  ['that cuts', { pads: [0, 0, 0, 0, 0, 0, -1, 0] }],
  ['with ones', { pads: uneven, fill: 1 }],
  ['by reflection', { pads: uneven, mode: 'reflect' }],
  ['before a convolution that pads by its size', { pads: uneven, conv: { auto_pad: string('SAME_UPPER') } }],
])('padding stays %s', (_, padding) => {
  expect(folded(padding)).toEqual([['Pad', 'Conv'], undefined]);
});
