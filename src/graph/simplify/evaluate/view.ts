import { must } from '#base/assert.ts';
import { rawSize } from '../../data-type.ts';
import { elementCount, type NumericTensor } from '../../tensor.ts';

/** For each axis of a view, how far each of its places is from the first, in elements of the tensor under it. */
export type Offsets = readonly (readonly number[])[];

/** How far neighbours along each axis are from each other, in elements. */
export function stridesOf(dims: readonly number[]): readonly number[] {
  return dims.map((_, axis) => elementCount(dims.slice(axis + 1)));
}

/** All places of an axis, in order. */
export function wholeAxis(size: number, stride: number): readonly number[] {
  return Array.from({ length: size }, (_, place) => place * stride);
}

/** Offsets that repeat a tensor to the dimensions of a result (numpy's rule). */
export function broadcastOffsets(dims: readonly number[], wanted: readonly number[]): Offsets {
  const strides = stridesOf(dims);
  return wanted.map((size, axis) => {
    const source = axis - (wanted.length - dims.length);
    const isRepeated = source < 0 || dims[source] === 1;
    return wholeAxis(size, isRepeated ? 0 : (strides[source] ?? 0));
  });
}

/** The element under each place of a view, in row-major order. */
export function positionsOf(offsets: Offsets): Int32Array {
  let positions = Int32Array.of(0);
  for (const axis of offsets) {
    const next = new Int32Array(positions.length * axis.length);
    positions.forEach((position, i) =>
      axis.forEach((offset, k) => (next[i * axis.length + k] = position + offset)),
    );
    positions = next;
  }
  return positions;
}

/** A copy of what a view shows, of any type whose elements are whole bytes. */
export function copyView(tensor: NumericTensor, offsets: Offsets, dims: readonly number[]): NumericTensor {
  const width = rawSize(tensor.type, 1);
  const positions = positionsOf(offsets);
  const raw = new Uint8Array(positions.length * width);
  positions.forEach((position, i) => {
    for (let byte = 0; byte < width; byte++) {
      raw[i * width + byte] = must(tensor.raw[position * width + byte], 'a place inside the tensor');
    }
  });
  return { type: tensor.type, dims, raw };
}
