import { attributeOf } from '../attribute.ts';
import type { Dimension, Node } from '../model.ts';

/** How a window slides over one spatial axis of a convolution or pooling. */
export interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padBegin: number;
  readonly padEnd: number;
}

/** Elements of the axis that a window spans, gaps of its dilation included. */
export function spanOf({ kernel, dilation }: Pick<Window, 'kernel' | 'dilation'>): number {
  return (kernel - 1) * dilation + 1;
}

/**
 * The windows of a Conv or pooling node over its spatial axes, with `auto_pad` resolved for these sizes
 * (ONNX, operators Conv and MaxPool).
 * @param sizes of the input along the spatial axes; `auto_pad` SAME needs them
 * @param kernel sizes along them
 */
export function windowsOf(
  node: Node,
  sizes: readonly Dimension[],
  kernel: readonly number[],
): readonly Window[] {
  const strides = attributeOf(node, 'strides', 'ints') ?? [];
  const dilations = attributeOf(node, 'dilations', 'ints') ?? [];
  const pads = attributeOf(node, 'pads', 'ints') ?? [];
  const autoPad = attributeOf(node, 'auto_pad', 'string') ?? 'NOTSET';
  return kernel.map((size, axis) => {
    const window = {
      kernel: size,
      stride: Number(strides[axis] ?? 1),
      dilation: Number(dilations[axis] ?? 1),
      padBegin: Number(pads[axis] ?? 0),
      padEnd: Number(pads[axis + kernel.length] ?? 0),
    };
    return autoPad === 'NOTSET' ? window : { ...window, ...autoPads(window, autoPad, sizes[axis] ?? null) };
  });
}

/** SAME_UPPER and SAME_LOWER make ⌈size / stride⌉ windows and differ in the side of an odd element; VALID pads nothing. */
function autoPads(window: Window, autoPad: string, size: Dimension): Pick<Window, 'padBegin' | 'padEnd'> {
  if (autoPad === 'VALID' || typeof size !== 'number') return { padBegin: 0, padEnd: 0 };
  const count = Math.ceil(size / window.stride);
  const missing = Math.max(0, (count - 1) * window.stride + spanOf(window) - size);
  const [less, more] = [Math.floor(missing / 2), Math.ceil(missing / 2)];
  return autoPad === 'SAME_LOWER' ? { padBegin: more, padEnd: less } : { padBegin: less, padEnd: more };
}

/** How many windows fit along an axis; with `ceil` the last may reach over the end, but must begin before it. */
export function windowCount(size: Dimension, window: Window, mode: 'floor' | 'ceil' = 'floor'): Dimension {
  if (typeof size !== 'number') return null;
  const { padBegin, padEnd, stride } = window;
  const steps = (size + padBegin + padEnd - spanOf(window)) / stride;
  if (mode === 'floor') return Math.floor(steps) + 1;
  const last = Math.ceil(steps);
  return last * stride >= size + padBegin ? last : last + 1;
}
