import { elementCount, float32Tensor } from '../tensor.ts';
import type { Ops } from './ops.ts';

/** Where an element along an axis comes from: positions in the input, with weights. */
export type Source = readonly { readonly position: number; readonly weight: number }[];

/**
 * The gradient of an operator that makes each element along an axis from some of the input's along that axis: the
 * product with the transposed matrix of its weights.
 * @param dy the gradient of its output
 * @param sources for each position along the axis of the output
 */
export function throughLinearMap(
  ops: Ops,
  dy: string,
  map: { readonly axis: number; readonly size: number; readonly sources: readonly Source[] },
): string {
  const { axis, size, sources } = map;
  const dims = ops.dims(dy);
  const [before, after] = [elementCount(dims.slice(0, axis)), elementCount(dims.slice(axis + 1))];
  const matrix = ops.builder.constant(float32Tensor([size, sources.length], weightsOf(size, sources)));
  const product = ops.matMul(matrix, ops.reshape(dy, [before, sources.length, after]));
  return ops.reshape(product, [...dims.slice(0, axis), size, ...dims.slice(axis + 1)]);
}

/** Rows are positions in the input, columns those in the output. */
function weightsOf(size: number, sources: readonly Source[]): Float32Array {
  const weights = new Float32Array(size * sources.length);
  sources.forEach((source, column) => {
    for (const { position, weight } of source) {
      const at = position * sources.length + column;
      weights[at] = (weights[at] ?? 0) + weight;
    }
  });
  return weights;
}
