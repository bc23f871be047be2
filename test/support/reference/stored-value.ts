import { assert } from '../../../src/base/assert.ts';
import { elementCount, readFloat32, readIntegers, type Tensor } from '../../../src/graph/tensor.ts';
import type { Value } from './value.ts';

/** The numbers that a model stores. */
export function storedValue(tensor: Tensor): Value {
  const { type, dims } = tensor;
  const data = Float64Array.from(numbersOf(tensor));
  assert(data.length === elementCount(dims), 'a tensor is full');
  return { type, dims, data };
}

function numbersOf(tensor: Tensor): Iterable<number> {
  if (tensor.type === 'float32') return readFloat32(tensor);
  if (tensor.type === 'bool') return tensor.raw;
  return readIntegers(tensor).map(Number);
}
