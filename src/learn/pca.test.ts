import { expect, test } from 'vitest';
import { expectClose, matrixOf, oracleCases, rowsOf } from '#test/support/oracle.ts';
import { fitPca } from './pca.ts';
import { plainAlgebra } from './plain-algebra.ts';

test.each(oracleCases('pca-iris.json'))(
  'principal components: $name',
  async ({ inputs, expected, tolerance }) => {
    const { X, k } = inputs as { X: number[][]; k: number };
    const { mean, components, variances } = await fitPca(plainAlgebra(), matrixOf(X), k);
    expectClose(mean, expected.mean, tolerance);
    expectClose(variances, expected.explainedVariance, tolerance);
    expectClose(rowsOf(components), expected.components, tolerance);
    const centred = X.slice(0, 10).map((row) => row.map((value, col) => value - mean[col]!));
    const projected = await plainAlgebra().multiply(matrixOf(centred), components, { transposeB: true });
    expectClose(rowsOf(projected), expected.projectedFirst10, tolerance);
  },
);

test('constant columns have no variance, and there are never more components than columns', async () => {
  const { variances, components } = await fitPca(
    plainAlgebra(),
    matrixOf([
      [1, 5],
      [3, 5],
    ]),
    9,
  );
  expect([...variances]).toEqual([2, 0]);
  expect(components.rows).toBe(2);
});
