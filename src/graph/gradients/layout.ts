import { must } from '#base/assert.ts';
import type { GradientRule } from './rule.ts';

/** Operators that only say the shape anew: Reshape, Flatten, Squeeze, Unsqueeze. */
export const reshaped: GradientRule = (step, ops) => [ops.reshape(step.dy, ops.dims(step.x(0)))];

/** The axes move back. */
export const transpose: GradientRule = (step, ops) => {
  const rank = ops.dims(step.x(0)).length;
  const order = step.ints('perm') ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  return [
    ops.transpose(
      step.dy,
      order.map((_, axis) => order.indexOf(axis)),
    ),
  ];
};

/** Summed over what was repeated. */
export const expand: GradientRule = (step, ops) => [ops.sumTo(step.dy, ops.dims(step.x(0)))];

/** Each axis becomes [repeats, size], of which the repeats are summed. */
export const tile: GradientRule = (step, ops) => {
  const dims = ops.dims(step.x(0));
  const repeats = must(step.numbers(1), 'repeats');
  const split = dims.flatMap((size, axis) => [repeats[axis] ?? 1, size]);
  return [
    ops.sum(
      ops.reshape(step.dy, split),
      dims.map((_, axis) => 2 * axis),
    ),
  ];
};
