import { seededRandom } from '../../src/base/random.ts';
import type { PatchRecipe } from '../../src/learn/patch-recipe.ts';
import type { SquareImages } from '../../src/learn/patch-sample.ts';

/** A recipe small enough for plain TypeScript; its second grid does not divide its positions. */
export const tinyRecipe: PatchRecipe = {
  side: 3,
  scales: [
    { shrink: 1, stride: 1, filters: 4, grid: 2 },
    { shrink: 2, stride: 1, filters: 2, grid: 3 },
  ],
  patches: 200,
  rounds: 3,
  contrastFloor: 20,
  whiteningFloor: 0.1,
  threshold: 0.5,
  mirrorContrast: 0.2,
  dim: 5,
  whiteningPower: 0.25,
  componentFloor: 0.01,
};

/** Images of noise on a slope. */
export function noisyImages(count: number, size: number, seed = 1): SquareImages {
  const random = seededRandom(seed);
  const pixels = Uint8Array.from(
    { length: count * size * size * 3 },
    (_, at) => (at % (size * 3)) + random.int(180),
  );
  return { pixels, count, size };
}

/** The images with left and right exchanged. */
export function mirrored({ pixels, count, size }: SquareImages): SquareImages {
  const flipped = pixels.map((_, at) => {
    const col = Math.floor(at / 3) % size;
    return pixels[at + (size - 1 - 2 * col) * 3]!;
  });
  return { pixels: flipped, count, size };
}
