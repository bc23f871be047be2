import type { GradientRule } from './rule.ts';

/** Every summand gets the gradient of its sum. */
export const reduceSum: GradientRule = (step, ops) => {
  const dims = ops.dims(step.x(0));
  const stated = step.numbers(1) ?? [];
  const axes = stated.length === 0 ? [...dims.keys()] : stated.map((axis) => step.axis(axis, dims.length));
  const kept = dims.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return [ops.expand(ops.reshape(step.dy, kept), dims), null];
};
