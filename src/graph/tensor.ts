import { assert } from '#base/assert.ts';
import { rawSize, type DataType } from './data-type.ts';

/** Numbers with their shape. `raw` is little-endian, row-major, and may be unaligned: read it by the functions below. */
export interface NumericTensor {
  readonly type: Exclude<DataType, 'string' | 'undefined'>;
  readonly dims: readonly number[];
  readonly raw: Uint8Array;
}

export interface StringTensor {
  readonly type: 'string';
  readonly dims: readonly number[];
  readonly strings: readonly Uint8Array[];
}

export type Tensor = NumericTensor | StringTensor;

/** How many elements a shape holds; 1 for a scalar. */
export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** A tensor over the given bytes, which are kept, not copied. */
export function rawTensor(
  type: NumericTensor['type'],
  dims: readonly number[],
  view: ArrayBufferView,
): NumericTensor {
  const raw = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const expected = rawSize(type, elementCount(dims));
  assert(raw.length === expected, `${raw.length} bytes for ${type} [${dims.join(', ')}], not ${expected}`);
  return { type, dims, raw };
}

/** A float32 tensor; a typed array is kept, not copied. */
export function float32Tensor(dims: readonly number[], values: ArrayLike<number>): NumericTensor {
  return rawTensor('float32', dims, values instanceof Float32Array ? values : Float32Array.from(values));
}

export function int64Tensor(dims: readonly number[], values: readonly (number | bigint)[]): NumericTensor {
  return rawTensor('int64', dims, BigInt64Array.from(values, BigInt));
}

/** A one-dimensional int64 tensor: what Reshape, Slice, Pad and others take for shapes and axes. */
export function int64Vector(...values: readonly number[]): NumericTensor {
  return int64Tensor([values.length], values);
}

/** The values of a float32 tensor, in an array of their own. */
export function readFloat32(tensor: Tensor): Float32Array {
  assert(tensor.type === 'float32', `a float32 tensor, not ${tensor.type}`);
  return new Float32Array(copyOf(tensor.raw));
}

/** The values of an int64 or int32 tensor. */
export function readIntegers(tensor: Tensor): readonly bigint[] {
  if (tensor.type === 'int32') return Array.from(new Int32Array(copyOf(tensor.raw)), BigInt);
  assert(tensor.type === 'int64', `an integer tensor, not ${tensor.type}`);
  return Array.from(new BigInt64Array(copyOf(tensor.raw)));
}

function copyOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
