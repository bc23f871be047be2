import { attributeOf, int, ints } from '../attribute.ts';
import { windowsOf } from '../shapes/windows.ts';
import { convWeightGradient } from './conv-weight.ts';
import type { Convolution } from './convolution.ts';
import type { Ops } from './ops.ts';
import type { GradientRule, Step } from './rule.ts';

/**
 * A transposed convolution is the gradient of a convolution C that leads from its output to its input, so dX = C(dY),
 * and the filter's gradient is that of C with X and dY in each other's place.
 */
export const convTranspose: GradientRule = (step, ops) => {
  const sizes = convolutionOf(step, ops);
  const { group, windows, inSizes } = sizes;
  const attributes = {
    kernel_shape: ints(windows.map(({ kernel }) => kernel)),
    strides: ints(windows.map(({ stride }) => stride)),
    dilations: ints(windows.map(({ dilation }) => dilation)),
    pads: ints([...windows.map(({ padBegin }) => padBegin), ...windows.map(({ padEnd }) => padEnd)]),
    group: int(group),
  };
  return [
    step.needs(0) ? ops.node('Conv', [step.dy, step.x(1)], attributes) : null,
    step.needs(1) ? convWeightGradient(ops, { x: step.dy, dy: step.x(0) }, sizes) : null,
    step.needs(2) ? ops.sum(step.dy, [0, ...inSizes.map((_, axis) => axis + 2)]) : null,
  ];
};

/** The convolution from Y to X. */
function convolutionOf(step: Step, ops: Ops): Convolution {
  const autoPad = attributeOf(step.node, 'auto_pad', 'string') ?? 'NOTSET';
  const isStated = step.ints('output_shape') === undefined && !autoPad.startsWith('SAME');
  if (!isStated) step.fail('its pads follow from the size of its output; export it with explicit pads');
  const [batch = 0, outChannels = 0, ...outSizes] = ops.dims(step.x(0));
  const [, inChannels = 0, ...inSizes] = ops.dims(step.y);
  const [, , ...kernel] = ops.dims(step.x(1));
  const windows = windowsOf(step.node, outSizes, kernel);
  return { batch, group: step.int('group', 1), inChannels, outChannels, inSizes, outSizes, windows };
}
