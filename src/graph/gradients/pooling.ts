import { must } from '#base/assert.ts';
import { int, string } from '../attribute.ts';
import type { GradientRule } from './rule.ts';

export const globalAveragePool: GradientRule = (step, ops) => {
  const dims = ops.dims(step.x(0));
  const [, , ...sizes] = dims;
  const area = sizes.reduce((product, size) => product * size, 1);
  return [ops.expand(ops.mul(step.dy, 1 / area), dims)];
};

/** Each gradient goes back to where its maximum was; windows that share a maximum add up. */
export const maxPool: GradientRule = (step, ops) => {
  const dims = ops.dims(step.x(0));
  const count = dims.reduce((product, size) => product * size, 1);
  // Pooled a second time for the positions, which the forward pass did not ask for.
  const attributes = Object.fromEntries(step.node.attributes);
  const [, positions] = ops.builder.nodeOf('MaxPool', [step.x(0)], { outputs: 2, attributes });
  const zeros = ops.expand(ops.scalar(0), [count]);
  const inputs = [zeros, ops.reshape(must(positions, 'positions'), [-1]), ops.reshape(step.dy, [-1])];
  const scattered = ops.node('ScatterElements', inputs, { axis: int(0), reduction: string('add') });
  return [ops.reshape(scattered, dims)];
};
