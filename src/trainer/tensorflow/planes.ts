import { must } from '#base/assert.ts';
import { windowsOf, type Window } from '#graph/shapes/windows.ts';
import type { Call } from './call.ts';
import { channelsFirst, channelsLast } from './moves.ts';
import type { TensorFlow, Value } from './tensor-flow.ts';

// TensorFlow.js slides kernels over two or three axes, with the channels last. One axis is two, the second of size 1.

const still: Window = { kernel: 1, stride: 1, dilation: 1, padBegin: 0, padEnd: 0 };

/** The windows along the spatial axes of the first input, at least two. */
export function windowsFor(call: Call, kernel: readonly number[]): readonly Window[] {
  const windows = windowsOf(call.node, call.x(0).shape.slice(2), kernel);
  if (windows.length > 3) call.fail('it has more than three spatial axes');
  return windows.length === 1 ? [must(windows[0], 'a window'), still] : windows;
}

/** [N, C, …] with at least two spatial axes. */
export function planar(tf: TensorFlow, value: Value): Value {
  return value.rank === 3 ? tf.expandDims(value, 3) : value;
}

/** [N, C, …] → [N, …, C], of at least two spatial axes. */
export function toPlanes(tf: TensorFlow, value: Value): Value {
  return channelsLast(tf, planar(tf, value));
}

/** [N, …, C] → the size of the node's output. */
export function fromPlanes(call: Call, value: Value): Value {
  return call.tf.reshape(channelsFirst(call.tf, value), call.outDims());
}

/** One number for each of the spatial axes, as begins or ends of all axes. */
export function spatially(counts: readonly number[]): readonly number[] {
  return [0, ...counts, 0];
}
