import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose, matrixOf, rowsOf } from '#test/support/oracle.ts';
import type { Matrix } from './algebra.ts';
import { symmetricEigen } from './eigen.ts';
import { plainAlgebra } from './plain-algebra.ts';

/** vectorsᵀ · diag(values) · vectors. */
async function reassembled(matrix: Matrix): Promise<number[][]> {
  const { values, vectors } = symmetricEigen(matrix);
  const scaled = vectors.data.map((value, at) => value * values[Math.floor(at / vectors.cols)]!);
  return rowsOf(await plainAlgebra().multiply(vectors, { ...vectors, data: scaled }, { transposeA: true }));
}

test('a matrix with a known answer', () => {
  const { values, vectors } = symmetricEigen(
    matrixOf([
      [2, -1, 0],
      [-1, 2, -1],
      [0, -1, 2],
    ]),
  );
  const root = Math.SQRT2;
  expectClose(values, [2 + root, 2, 2 - root], 1e-14);
  expectClose(vectors.data.subarray(0, 3), [-0.5, root / 2, -0.5], 1e-14);
  expectClose(vectors.data.subarray(6), [0.5, root / 2, 0.5], 1e-14);
});

test('eigenvectors are orthogonal and put the matrix together again', async () => {
  const sizes = fc.integer({ min: 1, max: 9 });
  const matrices = sizes.chain((n) =>
    fc.array(fc.integer({ min: -3, max: 3 }), { minLength: n * n, maxLength: n * n }).map((entries) => {
      const rows = Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (_, j) => entries[Math.min(i, j) * n + Math.max(i, j)]!),
      );
      return rows;
    }),
  );
  await fc.assert(
    fc.asyncProperty(matrices, async (rows) => {
      const { values, vectors } = symmetricEigen(matrixOf(rows));
      const gram = rowsOf(await plainAlgebra().multiply(vectors, vectors, { transposeB: true }));
      expectClose(
        gram,
        rows.map((_, i) => rows.map((_, j) => Number(i === j))),
        1e-12,
      );
      expectClose(await reassembled(matrixOf(rows)), rows, 1e-12);
      expect([...values]).toEqual([...values].sort((a, b) => b - a));
    }),
    { numRuns: 100 },
  );
});

test('equal eigenvalues, no coupling and a single number are no trouble', () => {
  expect([...symmetricEigen(matrixOf([[7]])).values]).toEqual([7]);
  const zeros = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
  expect([...symmetricEigen(matrixOf(zeros)).values]).toEqual([0, 0, 0, 0]);
  expectClose(
    symmetricEigen(
      matrixOf([
        [1, 1],
        [1, 1],
      ]),
    ).values,
    [2, 0],
    1e-15,
  );
});
