import { int, ints } from '../attribute.ts';
import type { Window } from '../shapes/windows.ts';
import type { Convolution } from './convolution.ts';
import { kernelPositions, seenBy } from './kernel.ts';
import type { Ops } from './ops.ts';

/** Below this a product for each position of the kernel is too thin to be fast. */
const fewChannels = 32;

/**
 * Gradient of a convolution's filter: the input correlated with the output's gradient, in the form that runs fastest
 * for the kind of convolution (measured: docs/benchmarks.md).
 */
export function convWeightGradient(ops: Ops, flow: Flow, sizes: Convolution): string {
  const { group, inChannels, outChannels } = sizes;
  const isDepthwise = group === inChannels && group === outChannels;
  if (isDepthwise) return depthwiseGradient(ops, flow, sizes);
  return group === 1 ? denseGradient(ops, flow, sizes) : groupedGradient(ops, flow, sizes);
}

/** What enters a convolution, and the gradient of what leaves it. */
interface Flow {
  readonly x: string;
  readonly dy: string;
}

/** One convolution with a group for each image and channel, whose filters are the output's gradients. */
function depthwiseGradient(ops: Ops, flow: Flow, sizes: Convolution): string {
  const { batch, inChannels, windows, inSizes, outSizes } = sizes;
  const kernel = windows.map((window) => window.kernel);
  const planes = batch * inChannels;
  const x = ops.reshape(flow.x, [1, planes, ...inSizes]);
  const dy = ops.reshape(flow.dy, [planes, 1, ...outSizes]);
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
  { x, dy, group }: Flow & { readonly group: number },
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
function denseGradient(ops: Ops, flow: Flow, sizes: Convolution): string {
  const { batch, inChannels, outChannels, outSizes, windows, inSizes } = sizes;
  const pixels = outSizes.reduce((product, size) => product * size, batch);
  const order = [1, 0, ...outSizes.map((_, axis) => axis + 2)];
  const ends = windows.map((window, axis) => endPad(window, inSizes[axis], outSizes[axis]));
  const begins = windows.map(({ padBegin }) => padBegin);
  const padded = ops.pad(ops.transpose(flow.x, order), [0, 0, ...begins], [0, 0, ...ends]);
  const dy = ops.reshape(ops.transpose(flow.dy, order), [outChannels, pixels]);
  const kernel = windows.map((window) => window.kernel);
  const seen = kernelPositions(windows).map((position) =>
    ops.reshape(ops.slice(padded, seenBy(position, windows, outSizes)), [inChannels, pixels]),
  );
  if (inChannels < fewChannels) {
    // Rows of all positions in one product: [M, positions · C].
    const product = ops.reshape(ops.gemm(dy, ops.concat(seen, 0), { b: true }), [
      outChannels,
      -1,
      inChannels,
    ]);
    return ops.reshape(ops.transpose(product, [0, 2, 1]), [outChannels, inChannels, ...kernel]);
  }
  const parts = seen.map((part) =>
    ops.reshape(ops.gemm(dy, part, { b: true }), [outChannels, inChannels, 1]),
  );
  return ops.reshape(ops.concat(parts, 2), [outChannels, inChannels, ...kernel]);
}

/** One convolution in which images are channels and channels are images. */
function groupedGradient(ops: Ops, flow: Flow, sizes: Convolution): string {
  const { batch, group, inChannels, outChannels, inSizes, windows } = sizes;
  const depth = inChannels / group;
  const rest = inSizes.map((_, axis) => axis + 2);
  // [N, g · C, …] → [C, g · N, …] and [N, g · M, …] → [g · M, N, …]
  const grouped = ops.reshape(flow.x, [batch, group, depth, ...inSizes]);
  const swapped = ops.transpose(grouped, [2, 1, 0, ...rest.map((axis) => axis + 1)]);
  const x = ops.reshape(swapped, [depth, group * batch, ...inSizes]);
  const dy = ops.transpose(flow.dy, [1, 0, ...rest]);
  const turned = ops.transpose(correlate(ops, { x, dy, group }, sizes), [1, 0, ...rest]);
  return ops.reshape(turned, [outChannels, depth, ...windows.map(({ kernel }) => kernel)]);
}
