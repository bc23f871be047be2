import type * as core from '@tensorflow/tfjs-core';
import { assert, must } from '#base/assert.ts';
import type { Tensor } from '#graph/tensor.ts';

/** The operations of TensorFlow.js, of whichever package and backend. */
export type TensorFlow = typeof core;
export type Value = core.Tensor;
/** What enters convolutions and poolings over two and three axes. */
export type Images = core.Tensor4D;
export type Volumes = core.Tensor5D;

/** Does something and disposes of all values that it made; of `tf.tidy` the result may be anything. */
export function scoped<T>(tf: TensorFlow, work: () => T): T {
  tf.engine().startScope();
  try {
    return work();
  } finally {
    tf.engine().endScope();
  }
}

/** A stored tensor as a value, which stays until it is disposed of. TensorFlow.js has 32-bit integers only. */
export function valueOf(tf: TensorFlow, tensor: Tensor): Value {
  assert(tensor.type !== 'string', 'a tensor of numbers');
  const { type, dims, raw } = tensor;
  const read = must(readers[type], `TensorFlow.js has ${type}`);
  return tf.tensor(read(Uint8Array.from(raw)), [...dims], type === 'bool' ? 'bool' : undefined);
}

const readers: Readonly<Record<string, (bytes: Uint8Array<ArrayBuffer>) => core.TypedArray>> = {
  float32: (bytes) => new Float32Array(bytes.buffer),
  bool: (bytes) => bytes,
  uint8: (bytes) => Int32Array.from(bytes),
  int32: (bytes) => new Int32Array(bytes.buffer),
  int64: (bytes) => Int32Array.from(new BigInt64Array(bytes.buffer), Number),
};
