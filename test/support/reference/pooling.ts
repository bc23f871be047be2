import { must } from '../../../src/base/assert.ts';
import type { Call, Operator, Operators } from './call.ts';
import { forEachIndex, placeOf, read, valueAt, type Index, type Value } from './value.ts';
import { landing, slidingOf, stopsOf, type Sliding } from './window.ts';

/** One place under the kernel. */
interface Touched {
  /** Index in the input; outside it is padding. */
  readonly index: Index;
  readonly isPad: boolean;
  /** Beyond input and pads, where a kernel hangs over in ceil mode. */
  readonly isBeyond: boolean;
}

interface Pooling {
  readonly dims: readonly number[];
  /** All places that the kernel touches for one element of the output. */
  touched(index: Index): readonly Touched[];
}

function poolingOf(call: Call, { dims: [batch = 0, channels = 0, ...sizes] }: Value): Pooling {
  const kernel = must(call.ints('kernel_shape'), 'a kernel');
  const sliding = slidingOf(call, sizes, kernel);
  const isCeil = call.int('ceil_mode', 0) === 1;
  const stops = sizes.map((size, axis) => stopsOf(size, sliding[axis] as Sliding, isCeil));
  const touched = ([n = 0, c = 0, ...stop]: Index): readonly Touched[] => {
    const found: Touched[] = [];
    forEachIndex(kernel, (offset) => {
      const place = offset.map((at, axis) => landing(stop[axis] ?? 0, at, sliding[axis] as Sliding));
      found.push({
        index: [n, c, ...place],
        isPad: place.some((position, axis) => position < 0 || position >= (sizes[axis] ?? 0)),
        isBeyond: place.some((position, axis) => position >= (sizes[axis] ?? 0) + (sliding[axis]?.end ?? 0)),
      });
    });
    return found;
  };
  return { dims: [batch, channels, ...stops], touched };
}

/** The largest element, and its position in the flattened input. */
const maxPool: Operator = (call) => {
  const x = call.input(0);
  const { dims, touched } = poolingOf(call, x);
  const positions = valueAt('int64', dims, (index) => {
    const places = touched(index).filter(({ isPad }) => !isPad);
    const best = places.reduce((a, b) => (read(x, b.index) > read(x, a.index) ? b : a));
    return placeOf(x.dims, best.index);
  });
  const data = positions.data.map((position) => must(x.data[position], 'an element'));
  return [{ type: x.type, dims, data }, positions];
};

/** The mean of the elements, of pads too (as zeros) where `count_include_pad`. */
const averagePool: Operator = (call) => {
  const x = call.input(0);
  const { dims, touched } = poolingOf(call, x);
  const isPadCounted = call.int('count_include_pad', 0) === 1;
  return [
    valueAt(x.type, dims, (index) => {
      const places = touched(index);
      const inside = places.filter(({ isPad }) => !isPad);
      const counted = isPadCounted ? places.filter(({ isBeyond }) => !isBeyond) : inside;
      return inside.reduce((sum, place) => sum + read(x, place.index), 0) / counted.length;
    }),
  ];
};

/** All elements of a channel at once. */
function globalPool(pool: (elements: readonly number[]) => number): Operator {
  return (call) => {
    const { type, dims, data } = call.input(0);
    const [batch = 0, channels = 0, ...sizes] = dims;
    const area = sizes.reduce((product, size) => product * size, 1);
    const pooled = Array.from({ length: batch * channels }, (_, plane) =>
      pool([...data.subarray(plane * area, (plane + 1) * area)]),
    );
    return [{ type, dims: [batch, channels, ...sizes.map(() => 1)], data: Float64Array.from(pooled) }];
  };
}

export const poolings: Operators = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: globalPool((elements) => elements.reduce((sum, x) => sum + x, 0) / elements.length),
  GlobalMaxPool: globalPool((elements) => Math.max(...elements)),
};
