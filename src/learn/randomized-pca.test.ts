import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { fitPca } from './pca.ts';
import { plainAlgebra } from './plain-algebra.ts';
import { leadingComponents } from './randomized-pca.ts';

/** Centred rows whose columns vary less and less. */
function fadingRows(rows: number, cols: number): { data: Float64Array; rows: number; cols: number } {
  const random = seededRandom(9);
  const data = new Float64Array(rows * cols);
  for (let at = 0; at < data.length; at++) data[at] = random.normal() / (1 + (at % cols));
  for (let col = 0; col < cols; col++) {
    let mean = 0;
    for (let row = 0; row < rows; row++) mean += data[row * cols + col]! / rows;
    for (let row = 0; row < rows; row++) data[row * cols + col]! -= mean;
  }
  return { data, rows, cols };
}

test('the leading components are those of the exact decomposition', async () => {
  const matrix = fadingRows(80, 60);
  const exact = await fitPca(plainAlgebra(), matrix, 5);
  const found = await leadingComponents(plainAlgebra(), matrix, { count: 5, random: seededRandom(1) });
  for (let k = 0; k < 5; k++) {
    expect(found.variances[k]).toBeCloseTo(exact.variances[k]!, 6);
    const inner = Array.from({ length: 60 }, (_, col) => {
      return found.components.data[k * 60 + col]! * exact.components.data[k * 60 + col]!;
    }).reduce((sum, value) => sum + value, 0);
    expect(Math.abs(inner)).toBeCloseTo(1, 4);
  }
});

test('never more components than rows or columns', async () => {
  const found = await leadingComponents(plainAlgebra(), fadingRows(6, 30), {
    count: 20,
    random: seededRandom(1),
  });
  expect(found.components.rows).toBe(6);
});
