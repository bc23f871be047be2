import { must } from '#base/assert.ts';
import { attributeOf } from '../attribute.ts';
import { readFloat32 } from '../tensor.ts';
import type { GradientRule, Step } from './rule.ts';
import type { Ops } from './ops.ts';

// Masks and slopes are made from outputs where they can be: the next layer keeps those in memory anyway.

/** dy where y > 0. */
export const relu: GradientRule = (step, ops) => [ops.keepWherePositive(step.dy, step.y)];

/** alpha · dy where x < 0; y is below 0 in the same places only if alpha is not. */
export const leakyRelu: GradientRule = (step, ops) => {
  const alpha = setting(step, 'alpha', 0.01);
  return [ops.where(ops.less(alpha < 0 ? step.x(0) : step.y, 0), ops.mul(step.dy, alpha), step.dy)];
};

/** y = slope · x where x < 0. */
export const prelu: GradientRule = (step, ops) => {
  const [x, slope] = [step.x(0), step.x(1)];
  const isNegative = ops.less(x, 0);
  const forSlope = (): string => ops.keep(ops.mul(step.dy, x), isNegative);
  return [
    ops.where(isNegative, ops.mul(step.dy, slope), step.dy),
    step.needs(1) ? ops.sumTo(forSlope(), ops.dims(slope)) : null,
  ];
};

/** Where x < 0, y = alpha · (eˣ − 1), so the slope is y + alpha. */
export const elu: GradientRule = (step, ops) => {
  const alpha = setting(step, 'alpha', 1);
  return [ops.where(ops.less(step.x(0), 0), ops.mul(step.dy, ops.add(step.y, alpha)), step.dy)];
};

/** dy where low < y < high, which is where (y − low) · (high − y) > 0: one condition instead of two. */
export const clip: GradientRule = (step, ops) => {
  const [low, high] = [bound(step, ops, 1), bound(step, ops, 2)];
  if (low === null && high === null) return [step.dy];
  const above = low === null ? null : ops.sub(step.y, low);
  const below = high === null ? null : ops.sub(high, step.y);
  const room = above !== null && below !== null ? ops.mul(above, below) : (above ?? below);
  return [ops.keepWherePositive(step.dy, must(room, 'a bound'))];
};

function bound(step: Step, ops: Ops, input: number): number | null {
  const name = step.node.inputs[input] ?? '';
  if (name === '') return null;
  const stored = ops.builder.stored(name) ?? step.fail('its bounds are computed while running');
  return must(readFloat32(stored)[0], 'a bound');
}

/** dy · y · (1 − y). */
export const sigmoid: GradientRule = (step, ops) => [ops.mul(step.dy, ops.mul(step.y, ops.sub(1, step.y)))];

/** y = clip(alpha · x + beta, 0, 1): alpha · dy where y · (1 − y) > 0. */
export const hardSigmoid: GradientRule = (step, ops) => {
  const room = ops.mul(step.y, ops.sub(1, step.y));
  return [ops.keepWherePositive(ops.mul(step.dy, setting(step, 'alpha', 0.2)), room)];
};

/** y = x · clip(x / 6 + ½, 0, 1): slope 0 below −3, x / 3 + ½ up to 3, 1 above (Howard et al. 2019, MobileNetV3). */
export const hardSwish: GradientRule = (step, ops) => {
  const x = step.x(0);
  const inside = ops.mul(step.dy, ops.add(ops.mul(x, 1 / 3), 0.5));
  const above = ops.where(ops.greater(x, -3), inside, 0);
  return [ops.where(ops.less(x, 3), above, step.dy)];
};

/** dy · (1 − y²). */
export const tanh: GradientRule = (step, ops) => [ops.mul(step.dy, ops.sub(1, ops.mul(step.y, step.y)))];

/** y = ln(1 + eˣ): dy · sigmoid(x). */
export const softplus: GradientRule = (step, ops) => [ops.mul(step.dy, ops.node('Sigmoid', [step.x(0)]))];

/** y = x · Φ(x): slope Φ(x) + x · φ(x) (Hendrycks & Gimpel 2016), or that of its approximation by tanh. */
export const gelu: GradientRule = (step, ops) => {
  const isTanh = attributeOf(step.node, 'approximate', 'string') === 'tanh';
  return [ops.mul(step.dy, isTanh ? tanhGeluSlope(ops, step.x(0)) : geluSlope(ops, step.x(0)))];
};

function geluSlope(ops: Ops, x: string): string {
  const erf = ops.node('Erf', [ops.mul(x, Math.SQRT1_2)]);
  const cumulative = ops.mul(ops.add(erf, 1), 0.5);
  const bell = ops.node('Exp', [ops.mul(ops.mul(x, x), -0.5)]);
  return ops.add(cumulative, ops.mul(ops.mul(bell, x), 1 / Math.sqrt(2 * Math.PI)));
}

/** With t = tanh(k · (x + 0.044715 x³)): ½ (1 + t) + ½ x (1 − t²) · k · (1 + 3 · 0.044715 x²), k = √(2/π). */
function tanhGeluSlope(ops: Ops, x: string): string {
  const [k, cubic] = [Math.sqrt(2 / Math.PI), 0.044715];
  const square = ops.mul(x, x);
  const t = ops.node('Tanh', [ops.mul(x, ops.add(ops.mul(square, k * cubic), k))]);
  const inner = ops.add(ops.mul(square, 3 * k * cubic), k);
  const turn = ops.mul(ops.mul(x, inner), ops.sub(1, ops.mul(t, t)));
  return ops.mul(ops.add(ops.add(t, turn), 1), 0.5);
}

function setting(step: Step, name: string, fallback: number): number {
  return attributeOf(step.node, name, 'float') ?? fallback;
}
