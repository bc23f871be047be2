import { assert, must } from '../../../src/base/assert.ts';
import type { Call, Operators } from './call.ts';
import { forEachIndex, read, valueAt, type Value } from './value.ts';

/** One source of an element along an axis, with its share. */
interface Share {
  readonly position: number;
  readonly weight: number;
}

/** Input coordinate of an output position (`coordinate_transformation_mode`). */
function coordinateOf(
  at: number,
  { inSize, outSize, mode }: { inSize: number; outSize: number; mode: string },
): number {
  const scale = outSize / inSize;
  if (mode === 'asymmetric') return at / scale;
  if (mode === 'align_corners') return outSize === 1 ? 0 : (at * (inSize - 1)) / (outSize - 1);
  if (mode === 'pytorch_half_pixel' && outSize === 1) return 0;
  assert(mode.endsWith('half_pixel'), `coordinates ${mode} are known`);
  return (at + 0.5) / scale - 0.5;
}

const roundings: Readonly<Record<string, (x: number) => number>> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

function sharesOf(
  call: Call,
  at: number,
  { inSize, outSize }: { inSize: number; outSize: number },
): readonly Share[] {
  const mode = call.text('coordinate_transformation_mode', 'half_pixel');
  const inside = (position: number): number => Math.min(Math.max(position, 0), inSize - 1);
  const coordinate = inSize === outSize ? at : coordinateOf(at, { inSize, outSize, mode });
  if (call.text('mode', 'nearest') === 'nearest') {
    const round = must(roundings[call.text('nearest_mode', 'round_prefer_floor')], 'a rounding');
    return [{ position: inside(round(coordinate)), weight: 1 }];
  }
  assert(call.text('mode', '') === 'linear', 'a known mode');
  const low = Math.floor(coordinate);
  const rest = coordinate - low;
  return [
    { position: inside(low), weight: 1 - rest },
    { position: inside(low + 1), weight: rest },
  ];
}

/** Each element is the mean of its neighbours in the input, weighted along every axis. */
function resize(call: Call): readonly Value[] {
  const x = call.input(0);
  const scales = call.numbers(2);
  const isScaled = scales !== undefined && scales.length > 0;
  const dims = isScaled
    ? x.dims.map((size, axis) => Math.floor(size * (scales[axis] ?? 1)))
    : must(call.numbers(3), 'sizes');
  const shares = dims.map((outSize, axis) =>
    Array.from({ length: outSize }, (_, at) => sharesOf(call, at, { inSize: x.dims[axis] ?? 0, outSize })),
  );
  return [
    valueAt(x.type, dims, (index) => {
      const sources = index.map((at, axis) => shares[axis]?.[at] ?? []);
      let sum = 0;
      forEachIndex(
        sources.map(({ length }) => length),
        (choice) => {
          const chosen = choice.map((which, axis) => must(sources[axis]?.[which], 'a share'));
          const weight = chosen.reduce((product, share) => product * share.weight, 1);
          if (weight !== 0)
            sum +=
              weight *
              read(
                x,
                chosen.map(({ position }) => position),
              );
        },
      );
      return sum;
    }),
  ];
}

export const resizes: Operators = { Resize: resize };
