import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { noisyImages, tinyRecipe } from '#test/support/patches.ts';
import { learnPatchDictionary } from './patch-dictionary.ts';
import { fitProjection, mirrorOrder } from './patch-projection.ts';
import { plainAlgebra } from './plain-algebra.ts';

const dictionary = await learnPatchDictionary(plainAlgebra(), noisyImages(3, 8), {
  recipe: tinyRecipe,
  random: seededRandom(1),
});
const order = mirrorOrder(dictionary);
const random = seededRandom(3);
const rows = 20;
const features = {
  data: Float32Array.from({ length: rows * order.length }, () => random.next()),
  rows,
  cols: order.length,
};

function embed(row: ArrayLike<number>, { matrix, offset }: Awaited<ReturnType<typeof fit>>): number[] {
  return Array.from(offset, (start, k) => {
    let sum = start;
    for (let i = 0; i < matrix.rows; i++) sum += row[i]! * matrix.data[i * matrix.cols + k]!;
    return sum;
  });
}

function fit(mirrorContrast: number) {
  const recipe = { ...tinyRecipe, mirrorContrast };
  return fitProjection(plainAlgebra(), features, { dictionary, recipe, random: seededRandom(1) });
}

test('mirroring twice changes nothing', () => {
  expect(Array.from(order, (twin) => order[twin])).toEqual([...order.keys()]);
});

test('how far an image is from its mirror image is what the recipe leaves of it', async () => {
  const row = features.data.subarray(0, order.length);
  const twin = Array.from(order, (at) => row[at]!);
  const apart = async (contrast: number): Promise<number> => {
    const projection = await fit(contrast);
    expect(projection.matrix.cols).toBe(5);
    const [a, b] = [embed(row, projection), embed(twin, projection)];
    return Math.hypot(...a.map((value, k) => value - b[k]!));
  };
  expect(await apart(0)).toBeLessThan(1e-4);
  expect(await apart(1)).toBeGreaterThan(0.1);
});
