import { elementCount, readFloat32, readIntegers } from '../tensor.ts';
import type { Ops } from './ops.ts';
import type { GradientRule, InputGradients, Step } from './rule.ts';

// Inputs may have been broadcast; their gradients are summed over what was repeated.

/** Gradients of the inputs that somebody asks for, each made by its function. */
function eachInput(step: Step, ops: Ops, gradients: readonly ((input: number) => string)[]): InputGradients {
  return gradients.map((gradient, input) =>
    step.needs(input) ? ops.sumTo(gradient(input), ops.dims(step.x(input))) : null,
  );
}

/** Add and Sum: d(a + b) = da + db. */
export const add: GradientRule = (step, ops) =>
  eachInput(
    step,
    ops,
    step.node.inputs.map(() => () => step.dy),
  );

/** d(a − b) = da − db. */
export const sub: GradientRule = (step, ops) => eachInput(step, ops, [() => step.dy, () => ops.neg(step.dy)]);

/** d(a · b) = b · da + a · db. */
export const mul: GradientRule = (step, ops) =>
  eachInput(step, ops, [() => ops.mul(step.dy, step.x(1)), () => ops.mul(step.dy, step.x(0))]);

/** d(a / b) = (da − y · db) / b, where y = a / b. */
export const div: GradientRule = (step, ops) => {
  const quotient = ops.div(step.dy, step.x(1));
  return eachInput(step, ops, [() => quotient, () => ops.neg(ops.mul(quotient, step.y))]);
};

/** d(aᵇ) = b · aᵇ⁻¹ · da + y · ln a · db. */
export const pow: GradientRule = (step, ops) => {
  const [a, b] = [step.x(0), step.x(1)];
  return eachInput(step, ops, [
    () => ops.mul(step.dy, powerSlope(ops, a, b)),
    () => ops.mul(step.dy, ops.mul(step.y, ops.node('Log', [a]))),
  ]);
};

/** b · aᵇ⁻¹; squares, which most powers are, need no power. */
function powerSlope(ops: Ops, a: string, b: string): string {
  const exponent = storedNumber(ops, b);
  if (exponent === null) return ops.mul(b, ops.node('Pow', [a, ops.sub(b, 1)]));
  return exponent === 2 ? ops.mul(a, 2) : ops.mul(ops.node('Pow', [a, ops.scalar(exponent - 1)]), exponent);
}

/** The one number of a stored value; null for others. */
function storedNumber(ops: Ops, value: string): number | null {
  const stored = ops.builder.stored(value);
  if (stored === undefined || elementCount(stored.dims) !== 1) return null;
  return Number((stored.type === 'float32' ? readFloat32(stored) : readIntegers(stored))[0]);
}

/** Max and Min: the gradient goes to the inputs that are the output; equal ones share it. */
export const extreme: GradientRule = (step, ops) => {
  const hits = step.node.inputs.map((input) => ops.cast(ops.equal(input, step.y), 'float32'));
  const share = ops.div(
    step.dy,
    hits.reduce((sum, hit) => ops.add(sum, hit)),
  );
  return eachInput(
    step,
    ops,
    hits.map((hit) => () => ops.mul(hit, share)),
  );
};

/** The mean of n inputs: d = (da + db + …) / n. */
export const mean: GradientRule = (step, ops) => {
  const share = ops.mul(step.dy, 1 / step.inputCount);
  return eachInput(
    step,
    ops,
    step.node.inputs.map(() => () => share),
  );
};

/** The gradient goes to what was chosen. */
export const where: GradientRule = (step, ops) => {
  const condition = step.x(0);
  return [
    null,
    step.needs(1) ? ops.sumTo(ops.where(condition, step.dy, 0), ops.dims(step.x(1))) : null,
    step.needs(2) ? ops.sumTo(ops.where(condition, 0, step.dy), ops.dims(step.x(2))) : null,
  ];
};
