import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { expectClose, matrixOf, oracleCases, rowsOf } from '#test/support/oracle.ts';
import { nearestByCosine, neighboursOf, voteOf } from './knn.ts';
import { plainAlgebra } from './plain-algebra.ts';

const singles = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, i) => i);

test.each(oracleCases('knn-cosine.json'))('$name', async ({ inputs, expected, tolerance }) => {
  const features = matrixOf(inputs.X as number[][]);
  const k = inputs.k as number;
  const nearest = await nearestByCosine(plainAlgebra(), features, { groups: singles(features.rows), k });
  const queries = inputs.queryRows as number[];
  const index = rowsOf({ data: nearest.index, cols: k });
  const distances = rowsOf({ data: nearest.similarity.map((value) => 1 - value), cols: k });
  expect(queries.map((row) => index[row])).toEqual(expected.indices);
  expectClose(
    queries.map((row) => distances[row]),
    expected.distances,
    tolerance,
  );
});

test('the size of embeddings does not matter', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.double({ min: 1e-3, max: 1e3, noNaN: true }), async (seed, scale) => {
      const random = seededRandom(seed);
      const data = Float64Array.from({ length: 60 }, () => random.normal());
      const find = (values: Float64Array): Promise<{ index: Int32Array }> =>
        nearestByCosine(plainAlgebra(), { data: values, rows: 20, cols: 3 }, { groups: singles(20), k: 5 });
      const stretched = data.map((value, at) => value * scale * (1 + (Math.floor(at / 3) % 4)));
      expect((await find(stretched)).index).toEqual((await find(data)).index);
    }),
    { numRuns: 50 },
  );
});

test('members of the own group are no neighbours, and too few are fewer', async () => {
  const features = matrixOf([
    [1, 0],
    [1, 0.1],
    [0.9, 0],
    [0, 1],
  ]);
  const groups = Int32Array.of(7, 7, 8, 8);
  const nearest = await nearestByCosine(plainAlgebra(), features, { groups, k: 3 });
  expect(rowsOf({ data: nearest.index, cols: 3 })).toEqual([
    [2, 3, -1],
    [2, 3, -1],
    [0, 1, -1],
    [1, 0, -1],
  ]);
  const labels = Int32Array.of(0, 1, 1, 1);
  expect(Array.from(neighboursOf(nearest, labels, Int32Array.of(1, 1, 0, 0)))).toEqual([2, 2, 1, 1]);
});

test('votes weigh by cosine to the fourth and leave every class a chance', () => {
  const nearest = {
    k: 2,
    index: Int32Array.of(0, 1, -1, -1),
    similarity: Float64Array.of(1, 0.5, -Infinity, 0),
  };
  const vote = voteOf(nearest, Int32Array.of(0, 1), 4);
  expectClose(
    rowsOf(vote),
    [
      [(16 / 17 + 0.05) / 1.2, (1 / 17 + 0.05) / 1.2, 0.05 / 1.2, 0.05 / 1.2],
      [0.25, 0.25, 0.25, 0.25],
    ],
    1e-12,
  );
});
