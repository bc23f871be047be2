import type { Ops } from './ops.ts';
import type { GradientRule, Step } from './rule.ts';

/** The gradient of an input that may have been broadcast. */
function summed(step: Step, ops: Ops, input: number): (gradient: string) => string {
  return (gradient) => ops.sumTo(gradient, ops.dims(step.x(input)));
}

export const add: GradientRule = (step, ops) =>
  step.node.inputs.map((_, input) => (step.needs(input) ? summed(step, ops, input)(step.dy) : null));

export const sub: GradientRule = (step, ops) => [
  step.needs(0) ? summed(step, ops, 0)(step.dy) : null,
  step.needs(1) ? summed(step, ops, 1)(ops.neg(step.dy)) : null,
];

export const mul: GradientRule = (step, ops) => [
  step.needs(0) ? summed(step, ops, 0)(ops.mul(step.dy, step.x(1))) : null,
  step.needs(1) ? summed(step, ops, 1)(ops.mul(step.dy, step.x(0))) : null,
];
