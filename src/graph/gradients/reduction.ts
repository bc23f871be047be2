import type { Ops } from './ops.ts';
import type { GradientRule, Step } from './rule.ts';

/** The axes that a node reduces, and its input's dimensions with those as 1. */
function reduced(step: Step, ops: Ops): { axes: readonly number[]; kept: readonly number[] } {
  const dims = ops.dims(step.x(0));
  const stated = step.statedAxes(dims.length) ?? [];
  const isAll = stated.length === 0 && step.int('noop_with_empty_axes', 0) === 0;
  const axes = isAll ? [...dims.keys()] : stated;
  return { axes, kept: dims.map((size, axis) => (axes.includes(axis) ? 1 : size)) };
}

/** Every summand gets the gradient of its sum. */
export const reduceSum: GradientRule = (step, ops) => {
  const { kept } = reduced(step, ops);
  return [ops.expand(ops.reshape(step.dy, kept), ops.dims(step.x(0)))];
};

/** Every element gets its share of the gradient of their mean. */
export const reduceMean: GradientRule = (step, ops) => {
  const dims = ops.dims(step.x(0));
  const { axes, kept } = reduced(step, ops);
  const count = axes.reduce((product, axis) => product * (dims[axis] ?? 1), 1);
  return [ops.expand(ops.mul(ops.reshape(step.dy, kept), 1 / count), dims)];
};

/** ReduceMax and ReduceMin: the gradient goes where the extreme is; equal ones share it. */
export const reduceExtreme: GradientRule = (step, ops) => {
  const { axes, kept } = reduced(step, ops);
  const isExtreme = ops.cast(ops.equal(step.x(0), ops.reshape(step.y, kept)), 'float32');
  const share = ops.div(ops.reshape(step.dy, kept), ops.sum(isExtreme, axes, true));
  return [ops.mul(isExtreme, share)];
};

/** d Σx² = 2x · dy. */
export const reduceSumSquare: GradientRule = (step, ops) => {
  const { kept } = reduced(step, ops);
  return [ops.mul(step.x(0), ops.mul(ops.reshape(step.dy, kept), 2))];
};

/** d √Σx² = x / y · dy; 0 where all elements are 0. */
export const reduceL2: GradientRule = (step, ops) => {
  const { kept } = reduced(step, ops);
  const y = ops.reshape(step.y, kept);
  const inverse = ops.where(ops.greater(y, 0), ops.div(ops.reshape(step.dy, kept), y), 0);
  return [ops.mul(step.x(0), inverse)];
};
