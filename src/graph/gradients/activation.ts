import { must } from '#base/assert.ts';
import { readFloat32 } from '../tensor.ts';
import type { GradientRule, Step } from './rule.ts';
import type { Ops } from './ops.ts';

// Masks are made from outputs, which the next layer keeps in memory anyway.

export const relu: GradientRule = (step, ops) => [ops.where(ops.greater(step.y, 0), step.dy, 0)];

/** Zero where the value was clipped. */
export const clip: GradientRule = (step, ops) => {
  const [low, high] = [bound(step, ops, 1), bound(step, ops, 2)];
  const above = low === null ? null : ops.greater(step.y, low);
  const below = high === null ? null : ops.less(step.y, high);
  const inside = above !== null && below !== null ? ops.node('And', [above, below]) : (above ?? below);
  return [inside === null ? step.dy : ops.where(inside, step.dy, 0)];
};

function bound(step: Step, ops: Ops, input: number): number | null {
  const name = step.node.inputs[input] ?? '';
  if (name === '') return null;
  const stored = must(ops.builder.stored(name), 'the bounds of Clip are stored');
  return must(readFloat32(stored)[0], 'a bound');
}
