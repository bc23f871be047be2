import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { learnPatchDictionary } from './patch-dictionary.ts';
import { mirrorOrder } from './patch-projection.ts';
import { builtInRecipe, type PatchRecipe } from './patch-recipe.ts';
import { samplePatches, type SquareImages } from './patch-sample.ts';
import { plainAlgebra } from './plain-algebra.ts';

const recipe: PatchRecipe = {
  ...builtInRecipe,
  side: 4,
  scales: [{ shrink: 1, stride: 2, filters: 6, grid: 2 }],
  patches: 300,
  rounds: 2,
};

function noise(count: number, size: number): SquareImages {
  const random = seededRandom(2);
  return { pixels: Uint8Array.from({ length: count * size * size * 3 }, () => random.int(256)), count, size };
}

test('patches have mean 0 and, where there is contrast, a spread near 1', () => {
  const options = { count: 50, side: 4, shrink: 2, contrastFloor: 1, random: seededRandom(1) };
  const { data, cols } = samplePatches(noise(3, 16), options);
  for (let i = 0; i < 50; i++) {
    const patch = data.subarray(i * cols, (i + 1) * cols);
    const mean = patch.reduce((sum, value) => sum + value, 0) / cols;
    const square = patch.reduce((sum, value) => sum + value * value, 0) / cols;
    expect(mean).toBeCloseTo(0, 4);
    expect(Math.sqrt(square)).toBeCloseTo(1, 2);
  }
});

test('filters sum to 0, come with their mirror image, and repeat under the same seed', async () => {
  const learn = (seed: number) =>
    learnPatchDictionary(plainAlgebra(), noise(5, 16), { recipe, random: seededRandom(seed) });
  const { scales } = await learn(1);
  const { weights, filters } = scales[0]!;
  const length = 3 * 4 * 4;
  expect(weights).toHaveLength(filters * length);
  for (let k = 0; k < filters / 2; k++) {
    const filter = weights.subarray(k * length, (k + 1) * length);
    const twin = weights.subarray((k + filters / 2) * length, (k + 1 + filters / 2) * length);
    expect(filter.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 4);
    filter.forEach((value, at) => expect(twin[at - (at % 4) + 3 - (at % 4)]).toBe(value));
  }
  expect((await learn(1)).scales[0]!.weights).toEqual(weights);
  expect((await learn(2)).scales[0]!.weights).not.toEqual(weights);
});

test('images without any contrast give finite filters', async () => {
  const flat = { pixels: new Uint8Array(4 * 16 * 16 * 3).fill(120), count: 4, size: 16 };
  const { scales } = await learnPatchDictionary(plainAlgebra(), flat, { recipe, random: seededRandom(1) });
  expect(scales[0]!.weights.every(Number.isFinite)).toBe(true);
});

test('the mirror of the mirror is the image itself', async () => {
  const dictionary = await learnPatchDictionary(plainAlgebra(), noise(3, 16), {
    recipe,
    random: seededRandom(1),
  });
  const order = mirrorOrder(dictionary);
  expect(Array.from(order, (at) => order[at])).toEqual(Array.from(order.keys()));
  expect(order.some((at, i) => at !== i)).toBe(true);
});
