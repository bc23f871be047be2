import type { Dimension } from '../model.ts';
import { broadcast } from './dimensions.ts';
import { like, type NodeFacts, type ShapeRule } from './facts.ts';

/** Matrices over broadcast leading dimensions, with numpy's treatment of vectors. */
export const matMul: ShapeRule = (node) => {
  const [a, b] = [node.dims(0), node.dims(1)];
  const left = a.length === 1 ? [1, ...a] : a;
  const right = b.length === 1 ? [...b, 1] : b;
  checkInner(node, left.at(-1) ?? null, right.at(-2) ?? null);
  const batch =
    broadcast(left.slice(0, -2), right.slice(0, -2)) ?? node.fail('its batches do not fit together');
  const rows = a.length === 1 ? [] : [left.at(-2) ?? null];
  const columns = b.length === 1 ? [] : [right.at(-1) ?? null];
  return like(node, [...batch, ...rows, ...columns]);
};

/** alpha · A′ · B′ + beta · C. */
export const gemm: ShapeRule = (node) => {
  const [rows, inner] = oriented(node.dims(0), node.int('transA', 0) === 1);
  const [depth, columns] = oriented(node.dims(1), node.int('transB', 0) === 1);
  checkInner(node, inner, depth);
  return like(node, [rows, columns]);
};

function oriented(dims: readonly Dimension[], isTransposed: boolean): readonly [Dimension, Dimension] {
  const [first = null, second = null] = dims;
  return isTransposed ? [second, first] : [first, second];
}

function checkInner(node: NodeFacts, first: Dimension, second: Dimension): void {
  const isClash = typeof first === 'number' && typeof second === 'number' && first !== second;
  if (isClash) node.fail(`${first} columns meet ${second} rows`);
}
