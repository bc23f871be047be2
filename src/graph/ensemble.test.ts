import { expect, test } from 'vitest';
import { runOnnx } from '#test/support/onnxruntime.ts';
import { real } from '#test/support/reference/value.ts';
import { int } from './attribute.ts';
import { ModelBuilder } from './builder.ts';
import { meanHead, sideBySide } from './ensemble.ts';
import type { Model } from './model.ts';
import { float32Tensor } from './tensor.ts';

/** pixels [N, 2] → embedding [N, 3]. */
function member(weights: readonly number[]): Model {
  const builder = new ModelBuilder('member');
  const pixels = builder.input('pixels', 'float32', ['N', 2]);
  const stored = builder.constant(float32Tensor([2, 3], weights), 'weights');
  const value = builder.node('Relu', [builder.node('Gemm', [pixels, stored], { transB: int(0) })]);
  return builder.output('embedding', value, { type: 'float32', dims: ['N', 3] }).build();
}

const members = [member([1, 0, -1, 2, 1, 0]), member([0, 3, 1, -1, 0, 2])];
const pixels = real([2, 2], [1, 2, -1, 0.5]);

test('members side by side give their embeddings one after the other', async () => {
  const joined = await runOnnx(sideBySide(members, 3), { pixels });
  const [first, second] = await Promise.all(members.map((each) => runOnnx(each, { pixels })));
  const row = (value: Float64Array | undefined, at: number): number[] => [
    ...(value?.subarray(3 * at, 3 * at + 3) ?? []),
  ];
  const [a, b] = [first?.get('embedding')?.data, second?.get('embedding')?.data];
  const expected = [0, 1].flatMap((at) => [...row(a as Float64Array, at), ...row(b as Float64Array, at)]);
  expect([...(joined.get('embedding')?.data ?? [])]).toEqual(expected);
});

test('the logits of the mean head are the mean of the heads’ logits', () => {
  const heads = [
    { classCount: 2, dim: 2, coefficients: Float32Array.of(1, 2, 3, 4), intercepts: Float32Array.of(1, -1) },
    { classCount: 2, dim: 2, coefficients: Float32Array.of(5, 6, 7, 8), intercepts: Float32Array.of(3, 5) },
  ];
  expect(meanHead(heads)).toEqual({
    ...{ classCount: 2, dim: 4 },
    coefficients: Float32Array.of(0.5, 1, 2.5, 3, 1.5, 2, 3.5, 4),
    intercepts: Float32Array.of(2, 2),
  });
});
