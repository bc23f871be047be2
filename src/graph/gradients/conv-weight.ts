import { int, ints } from '../attribute.ts';
import type { Window } from '../shapes/windows.ts';
import type { Convolution } from './convolution.ts';
import type { Ops } from './ops.ts';
import type { Step } from './rule.ts';

/**
 * Gradient of a convolution's filter: the input correlated with the output's gradient, in the form that runs fastest
 * for the kind of convolution (measured: docs/benchmarks.md).
 */
export function convWeightGradient(step: Step, ops: Ops, sizes: Convolution): string {
  const { group, inChannels, outChannels } = sizes;
  const isDepthwise = group === inChannels && group === outChannels;
  if (isDepthwise) return depthwiseGradient(step, ops, sizes);
  return group === 1 ? denseGradient(step, ops, sizes) : groupedGradient(step, ops, sizes);
}

/** One convolution with a group for each image and channel, whose filters are the output's gradients. */
function depthwiseGradient(step: Step, ops: Ops, sizes: Convolution): string {
  const { batch, inChannels, windows, inSizes, outSizes } = sizes;
  const kernel = windows.map((window) => window.kernel);
  const planes = batch * inChannels;
  const x = ops.reshape(step.x(0), [1, planes, ...inSizes]);
  const dy = ops.reshape(step.dy, [planes, 1, ...outSizes]);
  const planewise = ops.reshape(correlate(ops, { x, dy, group: planes }, sizes), [
    batch,
    inChannels,
    ...kernel,
  ]);
  return ops.reshape(ops.sum(planewise, [0]), [inChannels, 1, ...kernel]);
}

/** A convolution whose filters are gradients: strides and dilations change places, and what is too much is cut off. */
function correlate(
  ops: Ops,
  { x, dy, group }: { x: string; dy: string; group: number },
  { windows, inSizes, outSizes }: Convolution,
): string {
  const ends = windows.map((window, axis) => endPad(window, inSizes[axis], outSizes[axis]));
  const begins = windows.map(({ padBegin }) => padBegin);
  const correlated = ops.node('Conv', [x, dy], {
    group: int(group),
    kernel_shape: ints(outSizes),
    strides: ints(windows.map(({ dilation }) => dilation)),
    dilations: ints(windows.map(({ stride }) => stride)),
    pads: ints([...begins, ...ends.map((end) => Math.max(0, end))]),
  });
  if (ends.every((end) => end >= 0)) return correlated;
  return ops.slice(correlated, {
    axes: windows.map((_, axis) => axis + 2),
    starts: windows.map(() => 0),
    ends: windows.map(({ kernel }) => kernel),
  });
}

/** Padding (or cropping, when negative) after which exactly the kernel's positions are left. */
function endPad({ kernel, stride, dilation, padBegin }: Window, inSize = 0, outSize = 0): number {
  return (kernel - 1) * dilation + (outSize - 1) * stride + 1 - inSize - padBegin;
}

/** For each position in the kernel, the product of two matrices over all pixels of all images. */
function denseGradient(step: Step, ops: Ops, sizes: Convolution): string {
  const { batch, inChannels, outChannels, outSizes, windows, inSizes } = sizes;
  const pixels = outSizes.reduce((product, size) => product * size, batch);
  const order = [1, 0, ...outSizes.map((_, axis) => axis + 2)];
  const ends = windows.map((window, axis) => endPad(window, inSizes[axis], outSizes[axis]));
  const begins = windows.map(({ padBegin }) => padBegin);
  const padded = ops.pad(ops.transpose(step.x(0), order), [0, 0, ...begins], [0, 0, ...ends]);
  const dy = ops.reshape(ops.transpose(step.dy, order), [outChannels, pixels]);
  const parts = positions(windows).map((position) => {
    const seen = ops.slice(padded, windowSlice(windows, outSizes, position));
    return ops.reshape(ops.gemm(dy, ops.reshape(seen, [inChannels, pixels]), { b: true }), [
      outChannels,
      inChannels,
      1,
    ]);
  });
  return ops.reshape(ops.concat(parts, 2), [outChannels, inChannels, ...windows.map(({ kernel }) => kernel)]);
}

/** All positions of a kernel, the last axis fastest. */
function positions(windows: readonly Window[]): readonly (readonly number[])[] {
  return windows.reduce<readonly (readonly number[])[]>(
    (found, { kernel }) =>
      found.flatMap((position) => Array.from({ length: kernel }, (_, i) => [...position, i])),
    [[]],
  );
}

function windowSlice(windows: readonly Window[], outSizes: readonly number[], position: readonly number[]) {
  const starts = windows.map(({ dilation }, axis) => (position[axis] ?? 0) * dilation);
  return {
    axes: windows.map((_, axis) => axis + 2),
    starts,
    ends: windows.map(({ stride }, axis) => (starts[axis] ?? 0) + ((outSizes[axis] ?? 0) - 1) * stride + 1),
    steps: windows.map(({ stride }) => stride),
  };
}

/** One convolution in which images are channels and channels are images. */
function groupedGradient(step: Step, ops: Ops, sizes: Convolution): string {
  const { batch, group, inChannels, outChannels, inSizes, windows } = sizes;
  const depth = inChannels / group;
  const rest = inSizes.map((_, axis) => axis + 2);
  // [N, g · C, …] → [C, g · N, …] and [N, g · M, …] → [g · M, N, …]
  const grouped = ops.reshape(step.x(0), [batch, group, depth, ...inSizes]);
  const swapped = ops.transpose(grouped, [2, 1, 0, ...rest.map((axis) => axis + 1)]);
  const x = ops.reshape(swapped, [depth, group * batch, ...inSizes]);
  const dy = ops.transpose(step.dy, [1, 0, ...rest]);
  const turned = ops.transpose(correlate(ops, { x, dy, group }, sizes), [1, 0, ...rest]);
  return ops.reshape(turned, [outChannels, depth, ...windows.map(({ kernel }) => kernel)]);
}
