import { assert, must } from '../../../src/base/assert.ts';
import type { DataType } from '../../../src/graph/data-type.ts';

/**
 * Numbers with their shape, row-major. `float32` stands for real numbers, which are held in double precision; integers
 * are exact up to 2⁵³; false and true are 0 and 1.
 */
export interface Value {
  readonly type: DataType;
  readonly dims: readonly number[];
  readonly data: Float64Array;
}

/** A position along every axis. */
export type Index = readonly number[];

/** Real numbers. */
export function real(dims: readonly number[], numbers: ArrayLike<number>): Value {
  assert(countOf(dims) === numbers.length, `${numbers.length} numbers fill [${dims.join(', ')}]`);
  return { type: 'float32', dims, data: Float64Array.from(numbers) };
}

/** A vector of integers. */
export function integers(...numbers: readonly number[]): Value {
  return { type: 'int64', dims: [numbers.length], data: Float64Array.from(numbers) };
}

/** The value whose element at each index is what the function says. */
export function valueAt(type: DataType, dims: readonly number[], element: (index: Index) => number): Value {
  const data = new Float64Array(countOf(dims));
  let at = 0;
  forEachIndex(dims, (index) => {
    data[at++] = element(index);
  });
  return { type, dims, data };
}

/** Visits all indices, the last axis fastest. The index is the same array each time. */
export function forEachIndex(dims: readonly number[], visit: (index: Index) => void): void {
  const index = dims.map(() => 0);
  for (let left = countOf(dims); left > 0; left--) {
    visit(index);
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] ?? 0) + 1;
      if (index[axis] !== dims[axis]) break;
      index[axis] = 0;
    }
  }
}

export function countOf(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}

/** Place of an element in the data; an index outside throws. */
export function placeOf(dims: readonly number[], index: Index): number {
  assert(dims.length === index.length, `[${index.join(', ')}] is in [${dims.join(', ')}]`);
  return dims.reduce((place, size, axis) => {
    const position = index[axis] ?? -1;
    assert(position >= 0 && position < size, `[${index.join(', ')}] is in [${dims.join(', ')}]`);
    return place * size + position;
  }, 0);
}

export function read(value: Value, index: Index): number {
  return must(value.data[placeOf(value.dims, index)], 'an element');
}

/** Reads a value that is repeated along missing axes and those of size 1 (numpy's broadcasting). */
export function readBroadcast(value: Value, index: Index): number {
  const ahead = index.length - value.dims.length;
  return read(
    value,
    value.dims.map((size, axis) => (size === 1 ? 0 : (index[axis + ahead] ?? -1))),
  );
}

/** The index with another position along one axis. */
export function withPosition(index: Index, axis: number, position: number): Index {
  return index.map((old, i) => (i === axis ? position : old));
}

/** The shape to which all of these broadcast. */
export function broadcastDims(shapes: readonly (readonly number[])[]): readonly number[] {
  const rank = Math.max(...shapes.map((dims) => dims.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((dims) => dims[axis - rank + dims.length] ?? 1);
    const size = sizes.find((each) => each !== 1) ?? 1;
    assert(
      sizes.every((each) => each === 1 || each === size),
      `sizes ${sizes.join(', ')} fit together`,
    );
    return size;
  });
}
