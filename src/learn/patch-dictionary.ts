import type { Random } from '#base/random.ts';
import type { Algebra, Matrix } from './algebra.ts';
import { fitPca } from './pca.ts';
import { samplePatches, type SquareImages } from './patch-sample.ts';
import type { PatchRecipe, ScaleRecipe } from './patch-recipe.ts';
import { sphericalKMeans } from './spherical-k-means.ts';

/** The filters of one scale with how they are applied. */
export interface PatchScale extends ScaleRecipe {
  /** filters × 3 × side × side; the second half mirrors the first. Each filter sums to 0. */
  readonly weights: Float32Array;
}

/**
 * Filters learned from the images themselves (Coates, Lee & Ng 2011). Features of an image stand in this order: scale,
 * sign of the response, filter, row and column of the pooling grid.
 */
export interface PatchDictionary {
  /** Side of the images, in pixels. */
  readonly size: number;
  /** Side of a patch. */
  readonly side: number;
  readonly contrastFloor: number;
  readonly threshold: number;
  readonly scales: readonly PatchScale[];
}

export interface LearnPatchesOptions {
  readonly recipe: PatchRecipe;
  readonly random: Random;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Learns the filters of every scale from random patches of the images. */
export async function learnPatchDictionary(
  algebra: Algebra,
  images: SquareImages,
  { recipe, random, onProgress }: LearnPatchesOptions,
): Promise<PatchDictionary> {
  const { side, contrastFloor, threshold } = recipe;
  const scales: PatchScale[] = [];
  for (const scale of recipe.scales) {
    const patches = samplePatches(images, {
      ...{ count: recipe.patches, side, contrastFloor, random },
      shrink: scale.shrink,
    });
    const half = await learnFilters(algebra, patches, { recipe, random, count: scale.filters / 2 });
    scales.push({ ...scale, weights: withMirrored(half, side) });
    onProgress?.(scales.length, recipe.scales.length);
  }
  return { size: images.size, side, contrastFloor, threshold, scales };
}

interface FilterOptions {
  readonly recipe: PatchRecipe;
  readonly random: Random;
  readonly count: number;
}

/** Centres of the whitened patches as filters for patches before whitening, in units of a typical response. */
async function learnFilters(
  algebra: Algebra,
  patches: Matrix<Float32Array>,
  { recipe, random, count }: FilterOptions,
): Promise<Float32Array> {
  const whitening = await fitWhitening(algebra, patches, recipe.whiteningFloor);
  const whitened = singlePrecision(await algebra.multiply(patches, whitening));
  const centres = await sphericalKMeans(algebra, whitened, {
    clusters: count,
    rounds: recipe.rounds,
    random,
  });
  const responses = await algebra.multiply(whitened, centres, { transposeB: true });
  const filters = await algebra.multiply(centres, whitening);
  return balanced(filters, rootMeanSquare(responses));
}

/** Zero-phase whitening: makes patches of the same shape, with directions that vary little raised (Bell & Sejnowski 1997). */
async function fitWhitening(algebra: Algebra, patches: Matrix<Float32Array>, floor: number): Promise<Matrix> {
  const { components, variances } = await fitPca(algebra, patches, patches.cols);
  const mean = variances.reduce((sum, value) => sum + value, 0) / variances.length;
  // Never 0: images without any contrast must not divide by it.
  const added = floor * mean + 1e-6;
  const { cols } = components;
  const scaled = components.data.map((value, at) => {
    return value / Math.sqrt((variances[Math.floor(at / cols)] as number) + added);
  });
  return algebra.multiply(components, { ...components, data: scaled }, { transposeA: true });
}

function singlePrecision(matrix: Matrix): Matrix<Float32Array> {
  return { ...matrix, data: Float32Array.from(matrix.data) };
}

function rootMeanSquare({ data }: Matrix): number {
  let squares = 0;
  for (const value of data) squares += value * value;
  return Math.sqrt(squares / data.length) || 1;
}

/** Filters that sum to 0, so that brightness needs no subtracting, divided by a scale. */
function balanced({ data, rows, cols }: Matrix, scale: number): Float32Array {
  const filters = new Float32Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    const filter = Float64Array.from(data.subarray(row * cols, (row + 1) * cols));
    const mean = filter.reduce((sum, value) => sum + value, 0) / cols;
    for (const [col, value] of filter.entries()) filters[row * cols + col] = (value - mean) / scale;
  }
  return filters;
}

/** The filters, then each of them in the mirror. */
function withMirrored(filters: Float32Array, side: number): Float32Array {
  const all = new Float32Array(filters.length * 2);
  all.set(filters);
  for (const [at, value] of filters.entries()) {
    const col = at % side;
    all[filters.length + at - col + (side - 1 - col)] = value;
  }
  return all;
}
