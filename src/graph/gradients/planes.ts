import { ints } from '../attribute.ts';
import { spanOf, type Window } from '../shapes/windows.ts';
import { float32Tensor } from '../tensor.ts';
import type { Ops } from './ops.ts';

/** Sizes of one pooling. Images and channels are alike to it: it sees planes [N · C, 1, …]. */
export interface Pooling {
  readonly planes: number;
  readonly inSizes: readonly number[];
  readonly outSizes: readonly number[];
  readonly windows: readonly Window[];
}

/** The least number of single precision: what a maximum never is. */
const least = -3.4028234663852886e38;

/** How far the last window reaches beyond the input; below 0 where elements at the end are in no window. */
function overhangs({ inSizes, outSizes, windows }: Pooling): readonly number[] {
  return windows.map((window, axis) => {
    const reached = ((outSizes[axis] ?? 0) - 1) * window.stride + spanOf(window);
    return reached - window.padBegin - (inSizes[axis] ?? 0);
  });
}

/** The input as planes with the least number all around, as far as windows reach. */
export function paddedPlanes(ops: Ops, x: string, pooling: Pooling): string {
  const { planes, inSizes, windows } = pooling;
  const begins = windows.map(({ padBegin }) => padBegin);
  const ends = overhangs(pooling).map((overhang) => Math.max(0, overhang));
  const pads = ops.vector([0, 0, ...begins, 0, 0, ...ends]);
  return ops.node('Pad', [ops.reshape(x, [planes, 1, ...inSizes]), pads, ops.scalar(least)]);
}

/**
 * Adds up, in the input's planes, what goes back to each position of each window.
 * @param shares [planes, K, …output]
 * @param filter K kernels: how each channel of the shares spreads over a window
 */
export function spread(
  ops: Ops,
  { shares, filter }: { shares: string; filter: readonly number[] },
  pooling: Pooling,
): string {
  const { windows } = pooling;
  const kernel = windows.map((window) => window.kernel);
  const [, channels = 1] = ops.dims(shares);
  const ends = overhangs(pooling);
  const weights = ops.builder.constant(float32Tensor([channels, 1, ...kernel], filter));
  return ops.node('ConvTranspose', [shares, weights], {
    kernel_shape: ints(kernel),
    strides: ints(windows.map(({ stride }) => stride)),
    dilations: ints(windows.map(({ dilation }) => dilation)),
    pads: ints([...windows.map(({ padBegin }) => padBegin), ...ends.map((end) => Math.max(0, end))]),
    output_padding: ints(ends.map((end) => Math.max(0, -end))),
  });
}

/** 1 / the number of elements in each window, row-major: with those in pads, or without. */
export function inverseCounts(
  { inSizes, outSizes, windows }: Pooling,
  isPadCounted: boolean,
): readonly number[] {
  return windows.reduce<readonly number[]>(
    (found, window, axis) => {
      const counts = windowCounts(window, inSizes[axis] ?? 0, isPadCounted);
      const alongAxis = Array.from({ length: outSizes[axis] ?? 0 }, (_, stop) => 1 / counts(stop));
      return found.flatMap((outer) => alongAxis.map((inner) => outer * inner));
    },
    [1],
  );
}

function windowCounts(window: Window, size: number, isPadCounted: boolean): (stop: number) => number {
  const first = isPadCounted ? -window.padBegin : 0;
  const end = isPadCounted ? size + window.padEnd : size;
  return (stop) => {
    const places = Array.from(
      { length: window.kernel },
      (_, i) => stop * window.stride + i * window.dilation - window.padBegin,
    );
    return places.filter((place) => place >= first && place < end).length;
  };
}
