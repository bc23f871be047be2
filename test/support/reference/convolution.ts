import { assert } from '../../../src/base/assert.ts';
import type { Call, Operator, Operators } from './call.ts';
import { forEachIndex, placeOf, read, valueAt, type Index, type Value } from './value.ts';
import { landing, slidingOf, stopsOf, type Sliding } from './window.ts';

function isInside(place: Index, sizes: readonly number[]): boolean {
  return place.every((position, axis) => position >= 0 && position < (sizes[axis] ?? 0));
}

/** Y[n, m, stop] = b[m] + Σ over c and kernel of W[m, c, kernel] · X[n, c of m's group, where it lands]. */
const conv: Operator = (call) => {
  const [x, w] = [call.input(0), call.input(1)];
  const [batch = 0, channels = 0, ...sizes] = x.dims;
  const [filters = 0, depth = 0, ...kernel] = w.dims;
  const group = call.int('group', 1);
  assert(channels === depth * group, 'channels fill the groups');
  const sliding = slidingOf(call, sizes, kernel);
  const stops = sizes.map((size, axis) => stopsOf(size, sliding[axis] as Sliding, false));
  return [
    valueAt(x.type, [batch, filters, ...stops], ([n = 0, m = 0, ...stop]) => {
      const first = Math.floor(m / (filters / group)) * depth;
      let sum = call.optional(2)?.data[m] ?? 0;
      forEachIndex([depth, ...kernel], ([c = 0, ...offset]) => {
        const place = offset.map((at, axis) => landing(stop[axis] ?? 0, at, sliding[axis] as Sliding));
        if (isInside(place, sizes)) sum += read(w, [m, c, ...offset]) * read(x, [n, first + c, ...place]);
      });
      return sum;
    }),
  ];
};

/** Every element of X spreads over Y with the filter; pads cut the borders of Y. */
const convTranspose: Operator = (call) => {
  const [x, w] = [call.input(0), call.input(1)];
  const [batch = 0, channels = 0] = x.dims;
  const [, depth = 0, ...kernel] = w.dims;
  const group = call.int('group', 1);
  const { sizes, sliding } = spreadOf(call, x, kernel);
  const dims = [batch, depth * group, ...sizes];
  const y = valueAt(x.type, dims, ([, m = 0]) => call.optional(2)?.data[m] ?? 0);
  forEachIndex(x.dims, ([n = 0, c = 0, ...stop]) => {
    const first = Math.floor(c / (channels / group)) * depth;
    const element = read(x, [n, c, ...stop]);
    forEachIndex([depth, ...kernel], ([m = 0, ...offset]) => {
      const place = offset.map((at, axis) => landing(stop[axis] ?? 0, at, sliding[axis] as Sliding));
      if (!isInside(place, sizes)) return;
      const at = placeOf(dims, [n, first + m, ...place]);
      y.data[at] = (y.data[at] ?? 0) + element * read(w, [c, m, ...offset]);
    });
  });
  return [y];
};

/** Sizes of the output: as stated, or `size · stride` for SAME, or all that the filter reaches less the pads. */
function spreadOf(
  call: Call,
  { dims: [, , ...inSizes] }: Value,
  kernel: readonly number[],
): { sizes: readonly number[]; sliding: readonly Sliding[] } {
  const autoPad = call.text('auto_pad', 'NOTSET');
  const plain = slidingOf(call, inSizes, kernel);
  const reached = plain.map(
    ({ stride, span }, axis) =>
      ((inSizes[axis] ?? 0) - 1) * stride + span + (call.ints('output_padding')?.[axis] ?? 0),
  );
  const wanted =
    call.ints('output_shape') ??
    (autoPad.startsWith('SAME') ? inSizes.map((size, axis) => size * (plain[axis]?.stride ?? 1)) : undefined);
  if (wanted === undefined) {
    return {
      sizes: reached.map((size, axis) => size - (plain[axis]?.begin ?? 0) - (plain[axis]?.end ?? 0)),
      sliding: plain,
    };
  }
  const cut = reached.map((size, axis) => Math.max(0, size - (wanted[axis] ?? 0)));
  const side = autoPad === 'SAME_UPPER' ? Math.floor : Math.ceil;
  return {
    sizes: wanted,
    sliding: plain.map((each, axis) => ({ ...each, begin: side((cut[axis] ?? 0) / 2) })),
  };
}

export const convolutions: Operators = { Conv: conv, ConvTranspose: convTranspose };
