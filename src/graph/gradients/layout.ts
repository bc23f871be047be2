import type { GradientRule } from './rule.ts';

/** Operators that only say the shape anew. */
export const reshaped: GradientRule = (step, ops) => [ops.reshape(step.dy, ops.dims(step.x(0)))];
