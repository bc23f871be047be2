import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { expectClose, matrixOf, rowsOf } from '#test/support/oracle.ts';
import { orthonormalColumns } from './orthonormal.ts';
import { plainAlgebra } from './plain-algebra.ts';

test('columns become orthonormal and span the same space', async () => {
  const random = seededRandom(1);
  const rows = Array.from({ length: 7 }, () => Array.from({ length: 3 }, () => random.normal()));
  const basis = await orthonormalColumns(plainAlgebra(), matrixOf(rows));
  const gram = await plainAlgebra().multiply(basis, basis, { transposeA: true });
  expectClose(
    rowsOf(gram),
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    1e-12,
  );
  const inside = await plainAlgebra().multiply(basis, matrixOf(rows), { transposeA: true });
  expectClose(rowsOf(await plainAlgebra().multiply(basis, inside)), rows, 1e-12);
});

test('a column that depends on earlier ones becomes zero', async () => {
  const basis = await orthonormalColumns(
    plainAlgebra(),
    matrixOf([
      [3, 6, 0],
      [4, 8, 0],
      [0, 0, 2],
    ]),
  );
  expectClose(
    rowsOf(basis),
    [
      [0.6, 0, 0],
      [0.8, 0, 0],
      [0, 0, 1],
    ],
    1e-12,
  );
  expect(basis.data.every(Number.isFinite)).toBe(true);
});
