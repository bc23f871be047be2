import type { Dimension } from '../model.ts';
import { like, type NodeFacts, type ShapeRule } from './facts.ts';

/** ReduceSum and its kin: no axes = all (or none, when asked to do nothing). */
export const reduce: ShapeRule = (node) => {
  const dims = node.dims(0);
  const stated = node.statedAxes(dims.length) ?? [];
  if (stated.length === 0 && node.int('noop_with_empty_axes', 0) === 1) return like(node, dims);
  const axes = stated.length === 0 ? [...dims.keys()] : stated;
  return like(node, withoutAxes(node, dims, axes));
};

/** ArgMax and ArgMin. */
export const arg: ShapeRule = (node) => {
  const dims = node.dims(0);
  const axis = node.axis(node.int('axis', 0), dims.length);
  return [{ type: 'int64', dims: withoutAxes(node, dims, [axis]) }];
};

function withoutAxes(
  node: NodeFacts,
  dims: readonly Dimension[],
  axes: readonly number[],
): readonly Dimension[] {
  const isKept = node.int('keepdims', 1) === 1;
  return dims.flatMap((dim, axis) => (axes.includes(axis) ? (isKept ? [1] : []) : [dim]));
}

/** Normalised values, and optionally the mean and the inverse deviation of each row. */
export const layerNormalization: ShapeRule = (node) => {
  const { type, dims } = node.input(0);
  const axis = node.axis(node.int('axis', -1), dims.length);
  const statistics = dims.map((dim, i) => (i < axis ? dim : 1));
  return [dims, statistics, statistics].map((each) => ({ type, dims: each }));
};

/** Normalised values, and in training mode the running mean and variance. */
export const batchNormalization: ShapeRule = (node) => {
  const { type, dims } = node.input(0);
  const channels = node.input(3);
  return [{ type, dims }, channels, channels];
};
