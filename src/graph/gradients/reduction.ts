import type { GradientRule } from './rule.ts';

/** Every summand gets the gradient of its sum. */
export const reduceSum: GradientRule = (step, ops) => {
  const dims = ops.dims(step.x(0));
  const stated = step.statedAxes(dims.length) ?? [];
  const axes = stated.length === 0 ? [...dims.keys()] : stated;
  const kept = dims.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return [ops.expand(ops.reshape(step.dy, kept), dims), null];
};
