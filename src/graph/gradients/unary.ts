import type { GradientRule } from './rule.ts';

// Slopes of functions of single elements, from the output wherever it says enough: layers keep outputs anyway.

/** Identity, and Cast from real numbers to the same. */
export const unchanged: GradientRule = (step) => [step.dy];

/** Nothing is dropped in a graph made for inference. */
export const dropout: GradientRule = (step, ops) => {
  const training = step.node.inputs[2] ?? '';
  const stored = ops.builder.stored(training);
  const isOff = training === '' || (stored?.type === 'bool' && stored.raw[0] === 0);
  return isOff ? [step.dy] : step.fail('it may drop at random; export the model for inference');
};

/** d(−x) = −dy. */
export const neg: GradientRule = (step, ops) => [ops.neg(step.dy)];

/** d|x| = sign(x) · dy. */
export const abs: GradientRule = (step, ops) => [
  ops.where(ops.less(step.x(0), 0), ops.neg(step.dy), step.dy),
];

/** A root below this counts as this in its slope, which has no bound at 0: nothing may become not-a-number there. */
const leastRoot = 1e-3;

/** d√x = dy / 2y. */
export const sqrt: GradientRule = (step, ops) => {
  const root = ops.where(ops.less(step.y, leastRoot), leastRoot, step.y);
  return [ops.div(step.dy, ops.mul(root, 2))];
};

/** d(1 / x) = −y² · dy. */
export const reciprocal: GradientRule = (step, ops) => [ops.neg(ops.mul(step.dy, ops.mul(step.y, step.y)))];

/** d eˣ = y · dy. */
export const exp: GradientRule = (step, ops) => [ops.mul(step.dy, step.y)];

/** d ln x = dy / x. */
export const log: GradientRule = (step, ops) => [ops.div(step.dy, step.x(0))];

/** d erf(x) = 2/√π · e^(−x²) · dy. */
export const erf: GradientRule = (step, ops) => {
  const bell = ops.node('Exp', [ops.neg(ops.mul(step.x(0), step.x(0)))]);
  return [ops.mul(step.dy, ops.mul(bell, 2 / Math.sqrt(Math.PI)))];
};

/** A step function, or a yes or no as a number, has no slope. */
export const flat: GradientRule = () => [null];
