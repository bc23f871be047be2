import { expect, test } from 'vitest';
import { int, ints, tensor } from '../attribute.ts';
import { ModelBuilder } from '../builder.ts';
import { float32Tensor, int64Tensor, int64Vector } from '../tensor.ts';

const vector = (builder: ModelBuilder, ...values: readonly number[]): string =>
  builder.constant(int64Vector(...values));

test('a slice of all of a named size keeps its name, of a part it is not known', () => {
  const builder = new ModelBuilder('slices');
  const x = builder.input('x', 'float32', ['N', 4, 9]);
  const [starts, ends] = [vector(builder, 0, 1), vector(builder, 2 ** 31 - 1, 3)];
  expect(builder.facts(builder.node('Slice', [x, starts, ends]))?.dims).toEqual(['N', 2, 9]);
  const some = builder.node('Slice', [x, vector(builder, 0), vector(builder, 2)]);
  expect(builder.facts(some)?.dims).toEqual([null, 4, 9]);
});

test('a Resize by scales, by sizes, and of some axes', () => {
  const builder = new ModelBuilder('resizes', 18);
  const x = builder.input('x', 'float32', ['N', 4, 5, 6]);
  const scales = builder.constant(float32Tensor([4], [1, 1, 1.5, 2]));
  const dimsOf = (inputs: readonly string[], axes?: readonly number[]): unknown =>
    builder.facts(builder.node('Resize', inputs, axes ? { axes: ints(axes) } : {}))?.dims;
  expect(dimsOf([x, '', scales])).toEqual(['N', 4, 7, 12]);
  expect(dimsOf([x, '', '', vector(builder, 1, 4, 8, 9)])).toEqual([1, 4, 8, 9]);
  expect(dimsOf([x, '', '', vector(builder, 8, 9)], [2, -1])).toEqual(['N', 4, 8, 9]);
});

test('the shape of a repeated class token is followed through comparisons with −1', () => {
  const builder = new ModelBuilder('token');
  const x = builder.input('x', 'float32', ['N', 4]);
  const batch = builder.node('Slice', [builder.node('Shape', [x]), vector(builder, 0), vector(builder, 1)]);
  const stated = builder.node('Concat', [batch, vector(builder, -1, -1)], { axis: int(0) });
  const ones = builder.node('ConstantOfShape', [vector(builder, 3)], { value: tensor(int64Vector(1)) });
  const minus = builder.node('Mul', [ones, builder.constant(int64Tensor([], [-1]))]);
  const target = builder.node('Where', [builder.node('Equal', [stated, minus]), ones, stated]);
  expect(builder.facts(target)?.integers).toEqual(['N', 1, 1]);
  const token = builder.constant(float32Tensor([1, 1, 2], [1, 2]));
  expect(builder.facts(builder.node('Expand', [token, target]))?.dims).toEqual(['N', 1, 2]);
});

test('Size and Range', () => {
  const builder = new ModelBuilder('counts');
  const size = builder.node('Size', [builder.input('x', 'float32', [2, 3])]);
  const [zero, two] = [0, 2].map((value) => builder.constant(int64Tensor([], [value])));
  expect(builder.facts(builder.node('Range', [zero!, size, two!]))).toEqual({
    type: 'int64',
    dims: [3],
    integers: [0, 2, 4],
  });
});
