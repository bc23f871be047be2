import { must } from '#base/assert.ts';
import type { Dimension } from '../model.ts';
import { attributeOf } from '../attribute.ts';
import { like, type NodeFacts, type ShapeRule } from './facts.ts';
import { spanOf, windowCount, windowsOf } from './windows.ts';

/** Sizes of a filter or kernel along the spatial axes, which must be known. */
function kernelOf(node: NodeFacts, dims: readonly Dimension[]): readonly number[] {
  const sizes = dims.filter((dim) => typeof dim === 'number');
  return sizes.length === dims.length ? sizes : node.fail('the size of its kernel is not known');
}

/** X [N, C, …], W [M, C / group, …] → [N, M, …]. */
export const conv: ShapeRule = (node) => {
  const [batch = null, channels = null, ...sizes] = node.dims(0);
  const [filters = null, depth = null, ...kernel] = node.dims(1);
  const group = node.int('group', 1);
  if (typeof channels === 'number' && typeof depth === 'number' && channels !== depth * group) {
    node.fail(`${channels} channels enter ${group} groups of ${depth}`);
  }
  const windows = windowsOf(node.node, sizes, kernelOf(node, kernel));
  const counts = sizes.map((size, axis) => windowCount(size, must(windows[axis], 'a window for each axis')));
  return like(node, [batch, filters, ...counts]);
};

/** X [N, C, …], W [C, M / group, …] → [N, M, …]; pads take away from the output. */
export const convTranspose: ShapeRule = (node) => {
  const [batch = null, , ...sizes] = node.dims(0);
  const [, depth = null, ...kernel] = node.dims(1);
  const stated = node.ints('output_shape');
  const padding = node.ints('output_padding') ?? [];
  const windows = windowsOf(node.node, sizes, kernelOf(node, kernel));
  const isSame = (attributeOf(node.node, 'auto_pad', 'string') ?? '').startsWith('SAME');
  const spatial = sizes.map((size, axis) => {
    const window = must(windows[axis], 'a window for each axis');
    if (stated !== undefined) return stated.at(axis - sizes.length) ?? null;
    if (typeof size !== 'number') return null;
    if (isSame) return size * window.stride;
    const whole = (size - 1) * window.stride + spanOf(window) + (padding[axis] ?? 0);
    return whole - window.padBegin - window.padEnd;
  });
  const filters = typeof depth === 'number' ? depth * node.int('group', 1) : null;
  return like(node, [batch, filters, ...spatial]);
};

/** MaxPool and AveragePool; the second output of MaxPool holds positions in the flattened input. */
export const pool: ShapeRule = (node) => {
  const [batch = null, channels = null, ...sizes] = node.dims(0);
  const kernel = node.ints('kernel_shape') ?? node.fail('it has no kernel_shape');
  const windows = windowsOf(node.node, sizes, kernel);
  const mode = node.int('ceil_mode', 0) === 1 ? 'ceil' : 'floor';
  const counts = sizes.map((size, axis) =>
    windowCount(size, must(windows[axis], 'a window for each axis'), mode),
  );
  const dims = [batch, channels, ...counts];
  return [...like(node, dims), { type: 'int64', dims }];
};

export const globalPool: ShapeRule = (node) => {
  const [batch = null, channels = null, ...sizes] = node.dims(0);
  return like(node, [batch, channels, ...sizes.map(() => 1)]);
};
