import { must } from '#base/assert.ts';
import type { TensorFlow, Value } from './tensor-flow.ts';

// Moves of elements through which TensorFlow.js passes gradients back at any rank. What it has for some of them does
// not: stridedSlice has no gradient, that of mirrorPad drops what was mirrored, and that of tile ends at rank 4.

/** The elements at these positions along an axis. */
export function take(
  tf: TensorFlow,
  value: Value,
  { at, axis }: { at: readonly number[]; axis: number },
): Value {
  const isWhole = at.length === value.shape[axis] && at.every((position, i) => position === i);
  return isWhole ? value : tf.gather(value, tf.tensor1d([...at], 'int32'), axis);
}

/** Repeats along axes of size 1 and in front. */
export function expandTo(tf: TensorFlow, value: Value, dims: number[]): Value {
  if (value.shape.join() === dims.join()) return value;
  return value.dtype === 'float32' ? tf.mul(value, tf.ones(dims)) : tf.broadcastTo(value, dims);
}

/** A frame of a number around; elements are cut off where it is negative. */
export function frame(
  tf: TensorFlow,
  value: Value,
  { begins, ends, fill = 0 }: { begins: readonly number[]; ends: readonly number[]; fill?: number },
): Value {
  const [cut, add] = [(x: number): number => Math.max(0, -x), (x: number): number => Math.max(0, x)];
  const starts = begins.map(cut);
  const sizes = value.shape.map((size, axis) => size - cut(begins[axis] ?? 0) - cut(ends[axis] ?? 0));
  const isCut = sizes.some((size, axis) => size !== value.shape[axis]);
  const kept = isCut ? tf.slice(value, starts, sizes) : value;
  const paddings = begins.map((begin, axis): [number, number] => [add(begin), add(ends[axis] ?? 0)]);
  return paddings.flat().every((count) => count === 0) ? kept : tf.pad(kept, paddings, fill);
}

/** Zeros between the elements along an axis, so that each is followed by `factor − 1` of them, but not the last. */
export function spread(
  tf: TensorFlow,
  value: Value,
  { axis, factor }: { axis: number; factor: number },
): Value {
  if (factor === 1) return value;
  const size = must(value.shape[axis], 'an axis');
  const [before, after] = [value.shape.slice(0, axis), value.shape.slice(axis + 1)];
  const column = tf.reshape(value, [...before, size, 1, ...after]);
  const gaps = column.shape.map((_, i) => (i === axis + 1 ? factor - 1 : 0));
  const spaced = frame(tf, column, { begins: gaps.map(() => 0), ends: gaps });
  const flat = tf.reshape(spaced, [...before, size * factor, ...after]);
  const ends = flat.shape.map((_, i) => (i === axis ? 1 - factor : 0));
  return frame(tf, flat, { begins: ends.map(() => 0), ends });
}

/** [N, C, …] → [N, …, C], as TensorFlow.js has images. */
export function channelsLast(tf: TensorFlow, value: Value): Value {
  return tf.transpose(value, [0, ...value.shape.keys()].filter((axis, i) => i === 0 || axis > 1).concat(1));
}

/** [N, …, C] → [N, C, …]. */
export function channelsFirst(tf: TensorFlow, value: Value): Value {
  const last = value.rank - 1;
  return tf.transpose(value, [0, last, ...Array.from({ length: last - 1 }, (_, i) => i + 1)]);
}

/** Applies a function of rows along the last axis to rows along any. */
export function alongAxis(
  tf: TensorFlow,
  value: Value,
  { axis, apply }: { axis: number; apply: (rows: Value) => Value },
): Value {
  const last = value.rank - 1;
  if (axis === last) return apply(value);
  const swap = [...value.shape.keys()].map((i) => (i === axis ? last : i === last ? axis : i));
  return tf.transpose(apply(tf.transpose(value, swap)), swap);
}
