import { must } from '#base/assert.ts';
import { int, string } from '../attribute.ts';
import { elementCount, float32Tensor } from '../tensor.ts';
import { windowsOf } from '../shapes/windows.ts';
import { kernelPositions, seenBy } from './kernel.ts';
import type { Ops } from './ops.ts';
import { inverseCounts, paddedPlanes, spread, type Pooling } from './planes.ts';
import type { GradientRule, Step } from './rule.ts';

/** Every element gets its share of the gradient of their mean. */
export const globalAveragePool: GradientRule = (step, ops) => {
  const dims = ops.dims(step.x(0));
  const [, , ...sizes] = dims;
  const area = sizes.reduce((product, size) => product * size, 1);
  return [ops.expand(ops.mul(step.dy, 1 / area), dims)];
};

/** The gradient goes where the maximum is; equal ones share it. */
export const globalMaxPool: GradientRule = (step, ops) => {
  const x = step.x(0);
  const isMaximum = ops.cast(ops.equal(x, step.y), 'float32');
  const axes = ops.dims(x).flatMap((_, axis) => (axis < 2 ? [] : [axis]));
  return [ops.mul(isMaximum, ops.div(step.dy, ops.sum(isMaximum, axes, true)))];
};

/** Each gradient goes back to where its maximum is; windows that share a maximum add up. */
export const maxPool: GradientRule = (step, ops) => [
  ops.device === 'cpu' ? scattered(step, ops) : shared(step, ops),
];

/** By the positions that MaxPool says, which not every provider does. */
function scattered(step: Step, ops: Ops): string {
  const dims = ops.dims(step.x(0));
  const attributes = Object.fromEntries(step.node.attributes);
  const [, positions] = ops.builder.nodeOf('MaxPool', [step.x(0)], { outputs: 2, attributes });
  const zeros = ops.expand(ops.scalar(0), [elementCount(dims)]);
  const inputs = [zeros, ops.reshape(must(positions, 'positions'), [-1]), ops.reshape(step.dy, [-1])];
  const gradient = ops.node('ScatterElements', inputs, { axis: int(0), reduction: string('add') });
  return ops.reshape(gradient, dims);
}

/** By comparing every element with the maximum of its window; equal ones share the gradient. */
function shared(step: Step, ops: Ops): string {
  const pooling = poolingOf(step, ops);
  const { planes, outSizes, windows } = pooling;
  const positions = kernelPositions(windows);
  const padded = paddedPlanes(ops, step.x(0), pooling);
  const seen = positions.map((position) => ops.slice(padded, seenBy(position, windows, outSizes)));
  const y = ops.reshape(step.y, [planes, 1, ...outSizes]);
  const isMaximum = ops.cast(ops.equal(ops.concat(seen, 1), y), 'float32');
  const dy = ops.reshape(step.dy, [planes, 1, ...outSizes]);
  const shares = ops.mul(isMaximum, ops.div(dy, ops.sum(isMaximum, [1], true)));
  const oneHot = positions.flatMap((_, i) => positions.map((_position, at) => (at === i ? 1 : 0)));
  return ops.reshape(spread(ops, { shares, filter: oneHot }, pooling), ops.dims(step.x(0)));
}

/** Each gradient spreads evenly over its window. */
export const averagePool: GradientRule = (step, ops) => {
  const pooling = poolingOf(step, ops);
  const { planes, outSizes, windows } = pooling;
  const weights = inverseCounts(pooling, step.int('count_include_pad', 0) === 1);
  const shares = ops.mul(
    ops.reshape(step.dy, [planes, 1, ...outSizes]),
    ops.builder.constant(float32Tensor([1, 1, ...outSizes], weights)),
  );
  const filter = kernelPositions(windows).map(() => 1);
  return [ops.reshape(spread(ops, { shares, filter }, pooling), ops.dims(step.x(0)))];
};

function poolingOf(step: Step, ops: Ops): Pooling {
  const [batch = 0, channels = 0, ...inSizes] = ops.dims(step.x(0));
  const [, , ...outSizes] = ops.dims(step.y);
  const windows = windowsOf(step.node, inSizes, must(step.ints('kernel_shape'), 'a kernel'));
  return { planes: batch * channels, inSizes, outSizes, windows };
}
