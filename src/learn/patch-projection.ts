import type { Random } from '#base/random.ts';
import type { Algebra, Floats, Matrix } from './algebra.ts';
import { columnMeans, columnSquares } from './columns.ts';
import type { PatchDictionary } from './patch-dictionary.ts';
import type { PatchRecipe } from './patch-recipe.ts';
import { leadingComponents } from './randomized-pca.ts';

/** embedding = features · matrix + offset. */
export interface PatchProjection {
  /** features × dim. */
  readonly matrix: Matrix<Float32Array>;
  readonly offset: Float32Array;
}

export interface ProjectionOptions {
  readonly dictionary: PatchDictionary;
  readonly recipe: PatchRecipe;
  readonly random: Random;
}

/**
 * Fits what turns pooled features into an embedding: standardise, damp what distinguishes an image from its mirror
 * image, project on the leading principal components, and whiten those in part.
 * @param features one row an image, in the order of the dictionary
 */
export async function fitProjection(
  algebra: Algebra,
  features: Matrix<Float32Array>,
  { dictionary, recipe, random }: ProjectionOptions,
): Promise<PatchProjection> {
  const mirror = mirrorOrder(dictionary);
  const { mean, deviation } = symmetricMoments(features, mirror);
  const damping = { mirror, contrast: recipe.mirrorContrast };
  const damped = dampMirror(standardised(features, mean, deviation), damping);
  const { components, variances } = await leadingComponents(algebra, damped, { count: recipe.dim, random });
  const floor = recipe.componentFloor * (variances[0] ?? 0) + Number.MIN_VALUE;
  const scales = variances.map((variance) => (variance + floor) ** -recipe.whiteningPower);
  // Damping is symmetric, so it acts on a component as it does on a row.
  return compose(dampMirror(components, damping), { mean, deviation, scales });
}

/** Where each feature of an image is found among the features of its mirror image. */
export function mirrorOrder({ scales }: PatchDictionary): Int32Array {
  const order: number[] = [];
  for (const { filters, grid } of scales) {
    const start = order.length;
    for (let i = 0; i < 2 * filters * grid * grid; i++) {
      const col = i % grid;
      const row = Math.floor(i / grid) % grid;
      const filter = Math.floor(i / grid / grid) % filters;
      const sign = Math.floor(i / grid / grid / filters);
      const twin = (filter + filters / 2) % filters;
      order.push(start + ((sign * filters + twin) * grid + row) * grid + (grid - 1 - col));
    }
  }
  return Int32Array.from(order);
}

interface Moments {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

// A feature that hardly varies must not count as much as the others: share of the mean deviation added to each.
const deviationFloor = 1e-3;

/** Mean and standard deviation of the features over the images and their mirror images. */
function symmetricMoments(features: Matrix<Float32Array>, mirror: Int32Array): Moments {
  const both = (values: Float64Array): Float64Array =>
    values.map((value, col) => (value + (values[mirror[col] as number] as number)) / 2);
  const mean = both(columnMeans(features));
  const spread = both(columnSquares(features)).map((square, col) =>
    Math.sqrt(Math.max(square - (mean[col] as number) ** 2, 0)),
  );
  const floor = deviationFloor * (spread.reduce((sum, value) => sum + value, 0) / features.cols) || 1;
  return { mean, deviation: spread.map((value) => value + floor) };
}

function standardised(
  { data, rows, cols }: Matrix<Float32Array>,
  mean: Float64Array,
  deviation: Float64Array,
): Matrix<Float32Array> {
  const scaled = new Float32Array(data.length);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++, at++) {
      scaled[at] = ((data[at] as number) - (mean[col] as number)) / (deviation[col] as number);
    }
  }
  return { data: scaled, rows, cols };
}

/** Every row as the mean with its mirrored self, plus `contrast` times its difference from that mean. */
function dampMirror<T extends Floats>(
  { data, rows, cols }: Matrix<T>,
  { mirror, contrast }: { readonly mirror: Int32Array; readonly contrast: number },
): Matrix<T> {
  const damped = data.slice() as T;
  const [own, twin] = [(1 + contrast) / 2, (1 - contrast) / 2];
  for (let row = 0, at = 0; row < rows; row++) {
    const start = row * cols;
    for (let col = 0; col < cols; col++, at++) {
      damped[at] = own * (data[at] as number) + twin * (data[start + (mirror[col] as number)] as number);
    }
  }
  return { data: damped, rows, cols };
}

function compose(
  { data, rows: dim, cols }: Matrix,
  { mean, deviation, scales }: Moments & { readonly scales: Float64Array },
): PatchProjection {
  const matrix = new Float32Array(cols * dim);
  const offset = new Float64Array(dim);
  for (let k = 0; k < dim; k++) {
    for (let col = 0; col < cols; col++) {
      const weight = ((data[k * cols + col] as number) * (scales[k] as number)) / (deviation[col] as number);
      matrix[col * dim + k] = weight;
      offset[k] = (offset[k] as number) - weight * (mean[col] as number);
    }
  }
  return { matrix: { data: matrix, rows: cols, cols: dim }, offset: Float32Array.from(offset) };
}
