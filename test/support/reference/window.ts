import { assert } from '../../../src/base/assert.ts';
import type { Call } from './call.ts';

/** How a kernel slides along one axis. */
export interface Sliding {
  readonly stride: number;
  readonly dilation: number;
  readonly begin: number;
  readonly end: number;
  /** Elements from the first to the last that the kernel touches. */
  readonly span: number;
}

/** Strides, dilations and pads of a convolution or pooling, `auto_pad` resolved for inputs of these sizes. */
export function slidingOf(
  call: Call,
  sizes: readonly number[],
  kernel: readonly number[],
): readonly Sliding[] {
  const pads = call.ints('pads') ?? [];
  assert(
    pads.every((pad) => pad >= 0),
    'no pad is negative',
  );
  return kernel.map((count, axis) => {
    const stride = call.ints('strides')?.[axis] ?? 1;
    const dilation = call.ints('dilations')?.[axis] ?? 1;
    const span = (count - 1) * dilation + 1;
    const [begin, end] = padsOf(call.text('auto_pad', 'NOTSET'), {
      stated: [pads[axis] ?? 0, pads[axis + kernel.length] ?? 0],
      missing: Math.max(0, (Math.ceil((sizes[axis] ?? 0) / stride) - 1) * stride + span - (sizes[axis] ?? 0)),
    });
    return { stride, dilation, begin, end, span };
  });
}

function padsOf(
  autoPad: string,
  { stated, missing }: { stated: readonly [number, number]; missing: number },
): readonly [number, number] {
  if (autoPad === 'NOTSET') return stated;
  if (autoPad === 'VALID') return [0, 0];
  const half = Math.floor(missing / 2);
  return autoPad === 'SAME_UPPER' ? [half, missing - half] : [missing - half, half];
}

/** Places at which the kernel stops. With `isCeil` the last may hang over the end, but begins in input or first pad. */
export function stopsOf(size: number, { stride, begin, end, span }: Sliding, isCeil: boolean): number {
  let stops = 0;
  while (
    stops * stride + span <= size + begin + end ||
    (isCeil && stops > 0 && (stops - 1) * stride + span < size + begin + end && stops * stride < size + begin)
  ) {
    stops++;
  }
  return stops;
}

/** Where a kernel element lands in the input; outside it is padding. */
export function landing(stop: number, offset: number, { stride, dilation, begin }: Sliding): number {
  return stop * stride + offset * dilation - begin;
}
