import { must } from '#base/assert.ts';
import type { Dimension } from '../model.ts';
import { like, type Facts, type NodeFacts, type ShapeRule } from './facts.ts';

/** Elements along an axis by their positions; of a shape, single sizes. */
export const gather: ShapeRule = (node) => {
  const { type, dims, integers } = node.input(0);
  const axis = node.axis(node.int('axis', 0), dims.length);
  const output: Facts = { type, dims: [...dims.slice(0, axis), ...node.dims(1), ...dims.slice(axis + 1)] };
  const positions = node.integers(1);
  if (integers === undefined || positions === null) return [output];
  const chosen = positions.map((at) => (typeof at === 'number' ? (integers.at(at) ?? null) : null));
  return [{ ...output, integers: chosen }];
};

export const concat: ShapeRule = (node) => {
  const inputs = Array.from({ length: node.inputCount }, (_, input) => node.input(input));
  const first = must(inputs[0], 'at least one input');
  const axis = node.axis(node.int('axis', 0), first.dims.length);
  const sizes = inputs.map(({ dims }) => dims[axis] ?? null);
  const total = sizes.every((size) => typeof size === 'number')
    ? sizes.reduce((sum, size) => sum + size, 0)
    : null;
  const output = { type: first.type, dims: first.dims.map((dim, i) => (i === axis ? total : dim)) };
  if (inputs.some(({ integers }) => integers === undefined)) return [output];
  return [{ ...output, integers: inputs.flatMap(({ integers }) => integers ?? []) }];
};

/** Parts along an axis: of the sizes in the second input, else equal ones, of which the last may be smaller. */
export const split: ShapeRule = (node) => {
  const { type, dims } = node.input(0);
  const axis = node.axis(node.int('axis', 0), dims.length);
  const count = node.node.outputs.length;
  const sizes = node.numbers(1) ?? equalParts(dims[axis] ?? null, count);
  return sizes.map((size) => ({ type, dims: dims.map((dim, i) => (i === axis ? size : dim)) }));
};

function equalParts(size: Dimension, count: number): readonly Dimension[] {
  if (typeof size !== 'number') return Array.from({ length: count }, () => null);
  const part = Math.ceil(size / count);
  return Array.from({ length: count }, (_, i) => Math.min(part, size - i * part));
}

/** One range of a Slice, cut to the size of its axis. */
export interface SliceRange {
  readonly axis: number;
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** starts, ends, axes, steps as inputs 2 to 5. */
export function sliceRanges(node: NodeFacts): readonly SliceRange[] {
  const dims = node.dims(0);
  const starts = node.numbers(1) ?? node.fail('it has no starts');
  const ends = node.numbers(2) ?? node.fail('it has no ends');
  const axes = node.numbers(3) ?? [...starts.keys()];
  const steps = node.numbers(4) ?? starts.map(() => 1);
  return starts.map((start, i) => {
    const axis = node.axis(axes[i] ?? 0, dims.length);
    const size = dims[axis];
    if (typeof size !== 'number') node.fail('the size of its axis is not known');
    return { axis, ...rangeOf({ start, end: ends[i] ?? size, step: steps[i] ?? 1 }, size) };
  });
}

/** ONNX's clamping: a negative position counts from the end; a backward range may end before the first element. */
function rangeOf(
  { start, end, step }: { start: number; end: number; step: number },
  size: number,
): Omit<SliceRange, 'axis'> {
  const fromEnd = (position: number): number => (position < 0 ? position + size : position);
  const clamp = (position: number, low: number, high: number): number =>
    Math.min(high, Math.max(low, position));
  const first = step > 0 ? clamp(fromEnd(start), 0, size) : clamp(fromEnd(start), 0, size - 1);
  const last = step > 0 ? clamp(fromEnd(end), 0, size) : clamp(fromEnd(end), -1, size - 1);
  return { start: first, step, count: Math.max(0, Math.ceil((last - first) / step)) };
}

export const slice: ShapeRule = (node) => {
  const { type, dims, integers } = node.input(0);
  if (integers !== undefined) return [sliceOfIntegers(node, { type, dims, integers })];
  return [{ type, dims: slicedDims(node) }];
};

/** Of an axis whose size is not known, only all of it is followed: exporters write `x[:, :3]` with a range for each. */
function slicedDims(node: NodeFacts): readonly Dimension[] {
  const dims = node.dims(0);
  const [starts, ends] = [node.integers(1), node.integers(2)];
  if (starts === null || ends === null) return dims.map(() => null);
  const axes = node.numbers(3) ?? [...starts.keys()];
  const steps = node.numbers(4) ?? starts.map(() => 1);
  const sizes: Dimension[] = [...dims];
  starts.forEach((start, i) => {
    const axis = node.axis(axes[i] ?? 0, dims.length);
    const end = ends[i] ?? null;
    const step = steps[i] ?? 1;
    sizes[axis] = slicedSize(dims[axis] ?? null, { start, end, step });
  });
  return sizes;
}

/** Ends beyond every size stand for "to the end". */
const farAway = 2 ** 31 - 1;

function slicedSize(
  size: Dimension,
  { start, end, step }: { start: Dimension; end: Dimension; step: number },
): Dimension {
  const isAll = start === 0 && step === 1 && (end === size || (typeof end === 'number' && end >= farAway));
  if (isAll) return size;
  if (typeof size !== 'number' || typeof start !== 'number' || typeof end !== 'number') return null;
  return rangeOf({ start, end, step }, size).count;
}

function sliceOfIntegers(node: NodeFacts, { type, integers = [] }: Facts): Facts {
  const [range] = sliceRanges(node);
  const { start, step, count } = must(range, 'a vector is cut along its one axis');
  const chosen = Array.from({ length: count }, (_, i) => integers[start + i * step] ?? null);
  return { type, dims: [count], integers: chosen };
}

/** Pads as the second input: begins of all axes, then ends; a fourth input names the axes they are for. */
export const pad: ShapeRule = (node) => {
  const dims = node.dims(0);
  const pads = node.numbers(1) ?? node.fail('it has no pads');
  const axes = node.numbers(3)?.map((axis) => node.axis(axis, dims.length)) ?? [...dims.keys()];
  const padded: Dimension[] = [...dims];
  axes.forEach((axis, i) => {
    const more = (pads[i] ?? 0) + (pads[i + axes.length] ?? 0);
    const size = dims[axis] ?? null;
    padded[axis] = typeof size === 'number' ? size + more : more === 0 ? size : null;
  });
  return like(node, padded);
};

/** Scales as the third input or sizes as the fourth, of the stated axes only where there are such. */
export const resize: ShapeRule = (node) => {
  const dims = node.dims(0);
  const axes = node.ints('axes')?.map((axis) => node.axis(axis, dims.length)) ?? [...dims.keys()];
  const scales = node.optional(2)?.scales ?? [];
  const sizes = node.integers(3);
  const resized: Dimension[] = [...dims];
  axes.forEach((axis, i) => {
    resized[axis] = sizes === null ? scaled(dims[axis] ?? null, scales[i]) : (sizes[i] ?? null);
  });
  return like(node, resized);
};

function scaled(size: Dimension, scale: number | undefined): Dimension {
  if (scale === 1) return size;
  return typeof size === 'number' && scale !== undefined ? Math.floor(size * scale) : null;
}
