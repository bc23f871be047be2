import { Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { patchDictionaryGraph } from '#graph/patch-dictionary-graph.ts';
import { writeModel } from '#graph/write-model.ts';
import { learnPatchDictionary, type PatchDictionary } from '#learn/patch-dictionary.ts';
import { builtInRecipe, type PatchRecipe } from '#learn/patch-recipe.ts';
import type { SquareImages } from '#learn/patch-sample.ts';
import { plainAlgebra } from '#learn/plain-algebra.ts';
import { fitPatchDictionary } from './fit-patch-dictionary.ts';
import { openSession, runSession } from './session.ts';

const size = 16;
const recipe: PatchRecipe = {
  ...builtInRecipe,
  side: 4,
  scales: [
    { shrink: 1, stride: 2, filters: 6, grid: 2 },
    { shrink: 2, stride: 1, filters: 4, grid: 2 },
  ],
  patches: 400,
  rounds: 2,
  dim: 8,
};

function noise(count: number, seed = 2): SquareImages {
  const random = seededRandom(seed);
  return { pixels: Uint8Array.from({ length: count * size * size * 3 }, () => random.int(256)), count, size };
}

function mirrored({ pixels, count }: SquareImages): SquareImages {
  const flipped = pixels.map((_, at) => {
    const pixel = Math.floor(at / 3);
    const col = pixel % size;
    return pixels[(pixel - col + size - 1 - col) * 3 + (at % 3)]!;
  });
  return { pixels: flipped, count, size };
}

async function run(bytes: Uint8Array, images: SquareImages): Promise<Float32Array> {
  const session = await openSession(bytes, { subject: 'test' });
  const pixels = new Tensor('uint8', images.pixels, [images.count, size, size, 3]);
  const { embedding } = await runSession(session, { pixels }, 'test');
  return embedding!.data as Float32Array;
}

const fit = (images: SquareImages, changed: Partial<PatchRecipe> = {}, seed = 1) =>
  fitPatchDictionary(images, {
    algebra: plainAlgebra(),
    recipe: { ...recipe, ...changed },
    random: seededRandom(seed),
  });

/** The pooled responses of one scale of one image, written out. */
function plainFeatures(dictionary: PatchDictionary, pixels: Uint8Array): number[] {
  const { side, threshold, contrastFloor } = dictionary;
  return dictionary.scales.flatMap(({ shrink, stride, filters, grid, weights }) => {
    const small = size / shrink;
    const at = (channel: number, row: number, col: number): number => {
      let sum = 0;
      for (let y = 0; y < shrink; y++) {
        for (let x = 0; x < shrink; x++) {
          sum += pixels[((row * shrink + y) * size + col * shrink + x) * 3 + channel]!;
        }
      }
      return sum / shrink ** 2;
    };
    const places = (small - side) / stride + 1;
    const cells = Array.from({ length: 2 * filters * grid * grid }, () => 0);
    const share = (place: number, cell: number): number => {
      const width = places / grid;
      return Math.max(0, Math.min(place + 1, (cell + 1) * width) - Math.max(place, cell * width)) / width;
    };
    for (let row = 0; row < places; row++) {
      for (let col = 0; col < places; col++) {
        const patch: number[] = [];
        for (let c = 0; c < 3; c++) {
          for (let y = 0; y < side; y++) {
            for (let x = 0; x < side; x++) patch.push(at(c, row * stride + y, col * stride + x));
          }
        }
        const mean = patch.reduce((sum, value) => sum + value, 0) / patch.length;
        const variance = patch.reduce((sum, value) => sum + (value - mean) ** 2, 0) / patch.length;
        const contrast = Math.sqrt(variance + contrastFloor ** 2);
        for (let k = 0; k < filters; k++) {
          const product = patch.reduce((sum, value, i) => sum + value * weights[k * patch.length + i]!, 0);
          const response = product / contrast;
          for (const [sign, beyond] of [response - threshold, -threshold - response].entries()) {
            for (let gy = 0; gy < grid; gy++) {
              for (let gx = 0; gx < grid; gx++) {
                const cell = ((sign * filters + k) * grid + gy) * grid + gx;
                cells[cell]! += Math.max(0, beyond) * share(row, gy) * share(col, gx);
              }
            }
          }
        }
      }
    }
    return cells.map(Math.sqrt);
  });
}

test('the graph computes what the definition says', async () => {
  const images = noise(2);
  const dictionary = await learnPatchDictionary(plainAlgebra(), images, { recipe, random: seededRandom(1) });
  const features = await run(writeModel(patchDictionaryGraph(dictionary, null)), images);
  const expected = [0, 1].flatMap((i) => {
    return plainFeatures(dictionary, images.pixels.subarray(i * size * size * 3, (i + 1) * size * size * 3));
  });
  expect(features).toHaveLength(expected.length);
  for (const [at, value] of expected.entries()) expect(features[at]).toBeCloseTo(value, 3);
});

test('the same seed gives the same file, another seed another', async () => {
  const images = noise(30);
  const { bytes, dim } = await fit(images);
  expect(dim).toBe(8);
  expect((await fit(images)).bytes).toEqual(bytes);
  expect((await fit(images, {}, 2)).bytes).not.toEqual(bytes);
});

test('an image and its mirror image embed alike when nothing of their difference is kept', async () => {
  const images = noise(30);
  const { bytes } = await fit(images, { mirrorContrast: 0 });
  const [one, other] = [await run(bytes, noise(3, 7)), await run(bytes, mirrored(noise(3, 7)))];
  for (const [at, value] of one.entries()) expect(other[at]).toBeCloseTo(value, 3);
  const kept = await fit(images, { mirrorContrast: 1 });
  const [left, right] = [await run(kept.bytes, noise(3, 7)), await run(kept.bytes, mirrored(noise(3, 7)))];
  expect(Math.max(...left.map((value, at) => Math.abs(value - right[at]!)))).toBeGreaterThan(0.01);
});

test('identical and flat images give finite embeddings', async () => {
  const flat = { pixels: new Uint8Array(12 * size * size * 3).fill(90), count: 12, size };
  const { bytes } = await fit(flat);
  expect((await run(bytes, noise(2))).every(Number.isFinite)).toBe(true);
  expect((await run(bytes, flat)).every(Number.isFinite)).toBe(true);
});
