import type { Dimension } from '../model.ts';
import { attributeOf } from '../attribute.ts';
import { readIntegers } from '../tensor.ts';
import { product, quotient } from './dimensions.ts';
import { like, type Facts, type NodeFacts, type ShapeRule } from './facts.ts';

/** Output with these dimensions; the numbers of an integer tensor go along where they are still a vector. */
function moved(node: NodeFacts, dims: readonly Dimension[]): readonly Facts[] {
  const { type, integers } = node.input(0);
  return [integers !== undefined && dims.length <= 1 ? { type, dims, integers } : { type, dims }];
}

/** Dimensions as the second input: 0 keeps the size at its place, −1 takes what is left. */
export const reshape: ShapeRule = (node) => {
  const dims = node.dims(0);
  const wanted = node.integers(1);
  if (wanted === null) return ofStatedRank(node);
  const isZeroCopied = node.int('allowzero', 0) === 0;
  const known = wanted.map((dim, axis) => (dim === 0 && isZeroCopied ? (dims[axis] ?? null) : dim));
  const rest = known.filter((dim) => dim !== -1);
  return moved(
    node,
    known.map((dim) => (dim === -1 ? quotient(dims, rest) : dim)),
  );
};

/** All that is known where the wanted dimensions are computed while running: how many they are. */
function ofStatedRank(node: NodeFacts): readonly Facts[] {
  const [rank] = node.dims(1);
  if (typeof rank !== 'number') node.fail('the number of its dimensions is computed while running');
  return like(
    node,
    Array.from({ length: rank }, () => null),
  );
}

/** Two dimensions: what is before the axis, and the rest. */
export const flatten: ShapeRule = (node) => {
  const dims = node.dims(0);
  const axis = node.int('axis', 1);
  const at = axis < 0 ? axis + dims.length : axis;
  return like(node, [product(dims.slice(0, at)), product(dims.slice(at))]);
};

export const transpose: ShapeRule = (node) => {
  const dims = node.dims(0);
  const order = node.ints('perm') ?? [...dims.keys()].reverse();
  return like(
    node,
    order.map((axis) => dims[axis] ?? null),
  );
};

export const squeeze: ShapeRule = (node) => {
  const dims = node.dims(0);
  const stated = node.statedAxes(dims.length);
  const isGone = (axis: number): boolean => stated?.includes(axis) ?? dims[axis] === 1;
  return moved(
    node,
    dims.filter((_, axis) => !isGone(axis)),
  );
};

export const unsqueeze: ShapeRule = (node) => {
  const dims = node.dims(0);
  const stated = node.numbers(1) ?? node.ints('axes') ?? node.fail('it has no axes');
  const rank = dims.length + stated.length;
  const axes = stated.map((axis) => node.axis(axis, rank));
  const rest = [...dims];
  return moved(
    node,
    Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : (rest.shift() ?? null))),
  );
};

/** The input, repeated where its size is 1. */
export const expand: ShapeRule = (node) => {
  const dims = node.dims(0);
  const wanted = node.integers(1);
  if (wanted === null) return ofStatedRank(node);
  const rank = Math.max(dims.length, wanted.length);
  const at = (sizes: readonly Dimension[], axis: number): Dimension =>
    axis < rank - sizes.length ? 1 : (sizes[axis - (rank - sizes.length)] ?? null);
  return like(
    node,
    Array.from({ length: rank }, (_, axis) => (at(wanted, axis) === 1 ? at(dims, axis) : at(wanted, axis))),
  );
};

export const tile: ShapeRule = (node) => {
  const repeats = node.numbers(1) ?? node.fail('it has no repeats');
  return like(
    node,
    node.dims(0).map((dim, axis) => product([dim, repeats[axis] ?? 1])),
  );
};

export const shape: ShapeRule = (node) => {
  const dims = node.dims(0);
  const end = node.int('end', dims.length);
  const integers = dims.slice(node.int('start', 0), end);
  return [{ type: 'int64', dims: [integers.length], integers }];
};

/** How many elements the input has. */
export const size: ShapeRule = (node) => {
  const count = product(node.dims(0));
  return [{ type: 'int64', dims: [], integers: [count] }];
};

/** A tensor of one number in the shape that the input says. */
export const constantOfShape: ShapeRule = (node) => {
  const value = attributeOf(node.node, 'value', 'tensor');
  const type = value?.type ?? 'float32';
  const dims = node.integers(0) ?? Array.from({ length: Number(node.dims(0)[0] ?? 0) }, () => null);
  const length = product(dims);
  if (value?.type !== 'int64' || dims.length > 1 || typeof length !== 'number') return [{ type, dims }];
  const fill = Number(readIntegers(value)[0]);
  return [{ type, dims, integers: Array.from({ length }, () => fill) }];
};

/** Numbers from a start to below a limit. */
export const range: ShapeRule = (node) => {
  const { type } = node.input(0);
  const [start, limit, step] = [0, 1, 2].map((position) => node.integers(position)?.[0] ?? null);
  if (typeof start !== 'number' || typeof limit !== 'number' || typeof step !== 'number')
    return [{ type, dims: [null] }];
  const length = Math.max(0, Math.ceil((limit - start) / step));
  const integers = Array.from({ length }, (_, i) => start + i * step);
  return [{ type, dims: [length], integers }];
};
