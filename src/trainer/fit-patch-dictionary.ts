import { must } from '#base/assert.ts';
import type { Random } from '#base/random.ts';
import { Tensor } from 'onnxruntime-node';
import { patchDictionaryGraph } from '#graph/patch-dictionary-graph.ts';
import { embeddingName } from '#graph/with-embedding.ts';
import { pixelsName } from '#graph/with-preprocessing.ts';
import { writeModel } from '#graph/write-model.ts';
import type { Algebra, Matrix } from '#learn/algebra.ts';
import { learnPatchDictionary, type PatchDictionary } from '#learn/patch-dictionary.ts';
import { fitProjection } from '#learn/patch-projection.ts';
import type { PatchRecipe } from '#learn/patch-recipe.ts';
import type { SquareImages } from '#learn/patch-sample.ts';
import { openSession, runSession } from './session.ts';

export interface FitPatchesOptions {
  readonly algebra: Algebra;
  readonly recipe: PatchRecipe;
  readonly random: Random;
  /** How far one part of the work is; each part counts from 0. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A backbone as ONNX: `pixels` [N, size, size, 3] → `embedding` [N, dim]. */
export interface FittedBackbone {
  readonly bytes: Uint8Array;
  readonly dim: number;
}

const subject = 'built-in';
/** Few enough that the responses of a batch stay in the processor's cache. */
const batchSize = 16;

/** Fits the built-in backbone to images: filters from their patches, then components of what the filters give. */
export async function fitPatchDictionary(
  images: SquareImages,
  { algebra, recipe, random, onProgress }: FitPatchesOptions,
): Promise<FittedBackbone> {
  const dictionary = await learnPatchDictionary(algebra, images, {
    recipe,
    random,
    onProgress: (done, total) => onProgress?.(done, total),
  });
  const features = await featuresOf(dictionary, images, (done, total) => onProgress?.(done, total));
  onProgress?.(0, 1);
  const projection = await fitProjection(algebra, features, { dictionary, recipe, random });
  onProgress?.(1, 1);
  const model = patchDictionaryGraph(dictionary, projection, { backbone: 'Emend patch dictionary' });
  return { bytes: writeModel(model), dim: projection.matrix.cols };
}

/** Pooled responses, one row an image. */
async function featuresOf(
  dictionary: PatchDictionary,
  { pixels, count, size }: SquareImages,
  onProgress: (done: number, total: number) => void,
): Promise<Matrix<Float32Array>> {
  const session = await openSession(writeModel(patchDictionaryGraph(dictionary, null)), { subject });
  const cols = dictionary.scales.reduce((sum, { filters, grid }) => sum + 2 * filters * grid * grid, 0);
  const data = new Float32Array(count * cols);
  const imageBytes = size * size * 3;
  for (let start = 0; start < count; start += batchSize) {
    const end = Math.min(start + batchSize, count);
    const batch = pixels.subarray(start * imageBytes, end * imageBytes);
    const input = new Tensor('uint8', batch, [end - start, size, size, 3]);
    const outputs = await runSession(session, { [pixelsName]: input }, subject);
    const rows = must(outputs[embeddingName], 'the graph gives features').data as Float32Array;
    data.set(rows, start * cols);
    onProgress(end, count);
  }
  await session.release();
  return { data, rows: count, cols };
}
