import { expect, it } from 'vitest';
import { matrixLimit, mostConfused } from './most-confused.ts';

it('shows all classes while they are few', () => {
  expect(
    mostConfused([
      [1, 0],
      [0, 1],
    ]),
  ).toEqual([0, 1]);
});

it('keeps the confused ones of many, as rows and as columns, in their order', () => {
  const size = matrixLimit + 10;
  const values = Array.from({ length: size }, (_, row): number[] =>
    Array.from({ length: size }, (_, column) => (row === column ? 1000 : row < matrixLimit - 2 ? 1 : 0)),
  );
  values[28]![29] = 500;
  const kept = mostConfused(values);
  expect(kept).toHaveLength(matrixLimit);
  expect(kept).toContain(28);
  expect(kept).toContain(29);
  expect(kept).toEqual([...kept].sort((a, b) => a - b));
});
