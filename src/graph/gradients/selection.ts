import { must } from '#base/assert.ts';
import { int, string } from '../attribute.ts';
import { elementCount } from '../tensor.ts';
import { sliceRanges, type SliceRange } from '../shapes/selection.ts';
import { throughLinearMap } from './linear-map.ts';
import type { Ops } from './ops.ts';
import type { GradientRule } from './rule.ts';

/** Every part gets its range of the gradient. */
export const concat: GradientRule = (step, ops) => {
  const axis = step.axis(step.int('axis', 0), ops.dims(step.y).length);
  let end = 0;
  return step.node.inputs.map((input, position) => {
    const start = end;
    end += must(ops.dims(input)[axis], 'an axis');
    return step.needs(position) ? ops.slice(step.dy, { axes: [axis], starts: [start], ends: [end] }) : null;
  });
};

/** The gradients of the parts, side by side. */
export const split: GradientRule = (step, ops) => {
  const axis = step.axis(step.int('axis', 0), ops.dims(step.x(0)).length);
  const parts = step.node.outputs.map(
    (output, position) => step.gradient(position) ?? zerosLike(ops, output),
  );
  return [ops.concat(parts, axis)];
};

function zerosLike(ops: Ops, value: string): string {
  return ops.expand(ops.scalar(0), ops.dims(value));
}

/** Zeros where nothing was taken from. */
export const slice: GradientRule = (step, ops) => {
  const dims = ops.dims(step.x(0));
  return [sliceRanges(step).reduce((dy, range) => throughSlice(ops, dy, { range, dims }), step.dy)];
};

function throughSlice(
  ops: Ops,
  dy: string,
  { range, dims }: { range: SliceRange; dims: readonly number[] },
): string {
  const { axis, start, step, count } = range;
  const size = must(dims[axis], 'an axis');
  if (step === 1) return placed(ops, dy, { axis, start, size });
  const sources = Array.from({ length: count }, (_, i) => [{ position: start + i * step, weight: 1 }]);
  return throughLinearMap(ops, dy, { axis, size, sources });
}

/** The value from a start along an axis of this size, and zeros around. */
function placed(
  ops: Ops,
  value: string,
  { axis, start, size }: { axis: number; start: number; size: number },
): string {
  const dims = ops.dims(value);
  const end = size - start - must(dims[axis], 'an axis');
  return ops.pad(
    value,
    dims.map((_, i) => (i === axis ? start : 0)),
    dims.map((_, i) => (i === axis ? end : 0)),
  );
}

/** Every element gets the sum of the gradients of the places where it went. */
export const gather: GradientRule = (step, ops) => {
  const dims = ops.dims(step.x(0));
  const axis = step.axis(step.int('axis', 0), dims.length);
  const size = must(dims[axis], 'an axis');
  const [before, after] = [dims.slice(0, axis), dims.slice(axis + 1)];
  const count = elementCount(ops.dims(step.x(1)));
  const [only] = step.integers(1) ?? [];
  if (count === 1 && typeof only === 'number') {
    const dy = ops.reshape(step.dy, [...before, 1, ...after]);
    return [placed(ops, dy, { axis, start: only < 0 ? only + size : only, size })];
  }
  const sizes = [elementCount(before), elementCount(after)] as const;
  const rows = ops.transpose(ops.reshape(step.dy, [sizes[0], count, sizes[1]]), [1, 0, 2]);
  const zeros = ops.expand(ops.scalar(0), [size, ...sizes]);
  const places = ops.reshape(ops.cast(step.x(1), 'int64'), [count, 1]);
  const sums = ops.node('ScatterND', [zeros, places, rows], { reduction: string('add') });
  return [ops.reshape(ops.transpose(sums, [1, 0, 2]), dims)];
};

/** Sums from the other end. */
export const cumSum: GradientRule = (step, ops) => [
  ops.node('CumSum', [step.dy, step.x(1)], {
    exclusive: int(step.int('exclusive', 0)),
    reverse: int(1 - step.int('reverse', 0)),
  }),
];
