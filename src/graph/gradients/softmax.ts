import type { Ops } from './ops.ts';
import type { GradientRule, Step } from './rule.ts';

/** dx = y · (dy − Σ y · dy). */
export const softmax: GradientRule = (step, ops) => {
  const weighted = ops.mul(step.dy, step.y);
  return [ops.sub(weighted, ops.mul(step.y, ops.sum(weighted, [axisOf(step, ops)], true)))];
};

/** dx = dy − softmax(x) · Σ dy. */
export const logSoftmax: GradientRule = (step, ops) => {
  const probabilities = ops.node('Exp', [step.y]);
  return [ops.sub(step.dy, ops.mul(probabilities, ops.sum(step.dy, [axisOf(step, ops)], true)))];
};

function axisOf(step: Step, ops: Ops): number {
  return step.axis(step.int('axis', -1), ops.dims(step.y).length);
}
