import type { GradientRule } from './rule.ts';

/** dx = dy − softmax(x) · Σ dy. */
export const logSoftmax: GradientRule = (step, ops) => {
  const axis = step.axis(step.int('axis', -1), ops.dims(step.y).length);
  const probabilities = ops.node('Exp', [step.y]);
  return [ops.sub(step.dy, ops.mul(probabilities, ops.sum(step.dy, [axis], true)))];
};
