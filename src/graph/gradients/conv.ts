import { must } from '#base/assert.ts';
import { int, ints } from '../attribute.ts';
import { spanOf, windowsOf } from '../shapes/windows.ts';
import { convWeightGradient } from './conv-weight.ts';
import type { Convolution } from './convolution.ts';
import type { Ops } from './ops.ts';
import type { GradientRule, Step } from './rule.ts';

/** Y = W ∗ X + B (Dumoulin & Visin 2016, A guide to convolution arithmetic). */
export const conv: GradientRule = (step, ops) => {
  const sizes = convolutionOf(step, ops);
  return [
    step.needs(0) ? inputGradient(step, ops, sizes) : null,
    step.needs(1) ? convWeightGradient(ops, { x: step.x(0), dy: step.dy }, sizes) : null,
    step.needs(2) ? ops.sum(step.dy, [0, ...sizes.outSizes.map((_, axis) => axis + 2)]) : null,
  ];
};

function convolutionOf(step: Step, ops: Ops): Convolution {
  const [batch = 0, inChannels = 0, ...inSizes] = ops.dims(step.x(0));
  const [outChannels = 0, , ...kernel] = ops.dims(step.x(1));
  const [, , ...outSizes] = ops.dims(step.y);
  const windows = windowsOf(step.node, inSizes, kernel);
  return { batch, group: step.int('group', 1), inChannels, outChannels, inSizes, outSizes, windows };
}

/** The transposed convolution: as a plain one where the stride is 1, because runtimes have those fastest. */
function inputGradient(step: Step, ops: Ops, sizes: Convolution): string {
  const { windows } = sizes;
  const isPlain = windows.every(
    (window) => window.stride === 1 && spanOf(window) > Math.max(window.padBegin, window.padEnd),
  );
  return isPlain ? plainInputGradient(step, ops, sizes) : transposedConvolution(step, ops, sizes);
}

function plainInputGradient(step: Step, ops: Ops, sizes: Convolution): string {
  const { group, inSizes, outSizes, windows } = sizes;
  const begins = windows.map((window) => spanOf(window) - 1 - window.padBegin);
  const ends = windows.map((window, axis) => {
    const reached = (outSizes[axis] ?? 0) + (begins[axis] ?? 0) - spanOf(window) + 1;
    return (inSizes[axis] ?? 0) - reached;
  });
  return ops.node('Conv', [step.dy, turnedFilter(ops, step.x(1), sizes)], {
    kernel_shape: ints(windows.map(({ kernel }) => kernel)),
    dilations: ints(windows.map(({ dilation }) => dilation)),
    pads: ints([...begins, ...ends]),
    group: int(group),
  });
}

/** The filter [M, C / group, …] as [C, M / group, …], upside down and mirrored. */
function turnedFilter(
  ops: Ops,
  filter: string,
  { group, inChannels, outChannels, windows }: Convolution,
): string {
  const kernel = windows.map(({ kernel: size }) => size);
  const spatial = kernel.map((_, axis) => axis);
  const [depth, count] = [inChannels / group, outChannels / group];
  const grouped = ops.reshape(filter, [group, count, depth, ...kernel]);
  const swapped =
    count === 1 && depth === 1
      ? grouped
      : ops.transpose(grouped, [0, 2, 1, ...spatial.map((axis) => axis + 3)]);
  const turned = ops.reshape(swapped, [inChannels, count, ...kernel]);
  if (kernel.every((size) => size === 1)) return turned;
  return ops.slice(turned, {
    axes: spatial.map((axis) => axis + 2),
    starts: kernel.map(() => -1),
    ends: kernel.map((size) => -size - 1),
    steps: kernel.map(() => -1),
  });
}

function transposedConvolution(
  step: Step,
  ops: Ops,
  { group, inSizes, outSizes, windows }: Convolution,
): string {
  const rest = windows.map((window, axis) => {
    const reached = (must(outSizes[axis], 'a size') - 1) * window.stride + spanOf(window);
    return must(inSizes[axis], 'a size') + window.padBegin + window.padEnd - reached;
  });
  return ops.node('ConvTranspose', [step.dy, step.x(1)], {
    kernel_shape: ints(windows.map(({ kernel }) => kernel)),
    strides: ints(windows.map(({ stride }) => stride)),
    dilations: ints(windows.map(({ dilation }) => dilation)),
    pads: ints([...windows.map(({ padBegin }) => padBegin), ...windows.map(({ padEnd }) => padEnd)]),
    output_padding: ints(rest),
    group: int(group),
  });
}
