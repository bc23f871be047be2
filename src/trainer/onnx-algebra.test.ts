import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { unitRows } from '#learn/feature-scale.ts';
import { plainAlgebra } from '#learn/plain-algebra.ts';
import { expectClose } from '#test/support/oracle.ts';
import { onnxAlgebra } from './onnx-algebra.ts';

const algebra = onnxAlgebra();
const oracle = plainAlgebra();
const random = seededRandom(1);

function matrix(rows: number, cols: number): { data: Float32Array; rows: number; cols: number } {
  return { data: Float32Array.from({ length: rows * cols }, () => random.normal()), rows, cols };
}

test.each([
  { a: matrix(7, 5), b: matrix(5, 3), options: {} },
  { a: matrix(5, 7), b: matrix(5, 3), options: { transposeA: true } },
  { a: matrix(7, 5), b: matrix(3, 5), options: { transposeB: true } },
  { a: matrix(5, 7), b: matrix(3, 5), options: { transposeA: true, transposeB: true } },
])('products equal those written out: $options', async ({ a, b, options }) => {
  const found = await algebra.multiply(a, b, options);
  const expected = await oracle.multiply(a, b, options);
  expect([found.rows, found.cols]).toEqual([expected.rows, expected.cols]);
  expectClose(found.data, Array.from(expected.data), 1e-5);
});

test('double precision goes in as single', async () => {
  const a = { data: Float64Array.of(1, 2, 3, 4), rows: 2, cols: 2 };
  expect(Array.from((await algebra.multiply(a, a)).data)).toEqual([7, 10, 15, 22]);
});

test.each([
  { rows: 300, k: 30, groupSize: 1 },
  { rows: 2500, k: 5, groupSize: 4 },
  { rows: 12, k: 30, groupSize: 5 },
])('nearest rows equal those written out: %o', async ({ rows, k, groupSize }) => {
  const keys = unitRows(matrix(rows, 6));
  const groups = Int32Array.from({ length: rows }, (_, i) => Math.floor(i / groupSize));
  const found = await algebra.nearest(keys, { k, groups });
  const expected = await oracle.nearest(keys, { k, groups });
  expect(found.index).toEqual(expected.index);
  const finite = Array.from(expected.similarity, (value) => Math.max(value, -9));
  expectClose(
    Array.from(found.similarity, (value) => Math.max(value, -9)),
    finite,
    1e-5,
  );
});
