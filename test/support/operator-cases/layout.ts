import { int, ints, string, tensor } from '../../../src/graph/attribute.ts';
import { float32Tensor } from '../../../src/graph/tensor.ts';
import { countOf, integers } from '../reference/value.ts';
import type { CaseMaker, CaseMakers } from './case.ts';

const reshape: CaseMaker = (pick) => {
  const dims = pick.dims([2, 4]);
  const wanted = pick.of([
    [countOf(dims)],
    [-1],
    [0, -1],
    [-1, dims.at(-1) ?? 1],
    [1, ...dims, 1],
    [...dims].reverse(),
  ]);
  return { opType: 'Reshape', inputs: [pick.normal(dims), integers(...wanted)] };
};

const transpose: CaseMaker = (pick) => {
  const dims = pick.dims();
  const attributes = pick.bool() ? { perm: ints(pick.shuffled([...dims.keys()])) } : {};
  return { opType: 'Transpose', inputs: [pick.normal(dims)], attributes };
};

const squeeze: CaseMaker = (pick) => {
  const dims = pick.of([[1, 3, 1, 2], [2, 1], [1, 1, 3], [1]]);
  const ones = [...dims.keys()].filter((axis) => dims[axis] === 1);
  const axis = pick.signed(pick.of(ones), dims.length);
  return {
    opType: 'Squeeze',
    inputs: pick.bool() ? [pick.normal(dims)] : [pick.normal(dims), integers(axis)],
  };
};

const unsqueeze: CaseMaker = (pick) => {
  const dims = pick.dims([0, 3]);
  const rank = dims.length + 2;
  const axes = pick.shuffled([...Array(rank).keys()]).slice(0, 2);
  return {
    opType: 'Unsqueeze',
    inputs: [pick.normal(dims), integers(...axes.map((axis) => pick.signed(axis, rank)))],
  };
};

const gather: CaseMaker = (pick) => {
  const dims = pick.dims([1, 3], 5);
  const axis = pick.int(0, dims.length - 1);
  const size = dims[axis] ?? 1;
  const places = integers(...pick.ints(pick.of([1, 2, 4]), -size, size - 1));
  const shape = pick.of<readonly number[]>([places.dims, [1, ...places.dims], [...places.dims, 1]]);
  const isScalar = pick.int(0, 3) === 0;
  const chosen = isScalar
    ? { ...places, dims: [], data: places.data.slice(0, 1) }
    : { ...places, dims: shape };
  return {
    opType: 'Gather',
    inputs: [pick.normal(dims), chosen],
    attributes: { axis: int(pick.signed(axis, dims.length)) },
  };
};

const concat: CaseMaker = (pick) => {
  const dims = pick.dims([1, 3]);
  const axis = pick.int(0, dims.length - 1);
  const inputs = Array.from({ length: pick.int(1, 3) }, () =>
    pick.normal(dims.map((size, i) => (i === axis ? pick.int(1, 3) : size))),
  );
  return { opType: 'Concat', inputs, attributes: { axis: int(pick.signed(axis, dims.length)) } };
};

const split: CaseMaker = (pick) => {
  const sizes = pick.ints(pick.int(2, 3), 1, 3);
  const dims = pick.dims([1, 3]);
  const axis = pick.int(0, dims.length - 1);
  const isStated = pick.bool();
  const size = isStated ? sizes.reduce((a, b) => a + b, 0) : 2 * sizes.length;
  const x = pick.normal(dims.map((old, i) => (i === axis ? size : old)));
  return {
    opType: 'Split',
    inputs: isStated ? [x, integers(...sizes)] : [x],
    attributes: { axis: int(pick.signed(axis, dims.length)) },
    outputs: sizes.length,
    // From operator set 18 on, the number of parts is an attribute.
    ...(isStated ? {} : { opset: 17 }),
  };
};

/** Opset 18 makes parts without sizes, the last smaller. */
const unevenSplit: CaseMaker = (pick) => ({
  opType: 'Split',
  inputs: [pick.normal([pick.of([5, 7]), 2])],
  attributes: { axis: int(0), num_outputs: int(3) },
  outputs: 3,
  opset: 18,
});

const slice: CaseMaker = (pick) => {
  const dims = pick.dims([1, 3], 6);
  const axes = pick.someAxes(dims.length);
  const sizeOf = (axis: number): number => dims[axis] ?? 1;
  const ranges = axes.map((axis) => {
    const size = sizeOf(axis);
    const low = pick.int(0, size - 1);
    const step = pick.int(1, 2);
    const isBackward = pick.bool();
    const bounds = isBackward
      ? [size - 1 - low, pick.of([-size - 1, -1000])]
      : [pick.signed(low, size), pick.of([size, 1000])];
    return { start: bounds[0] ?? 0, end: bounds[1] ?? 0, step: isBackward ? -step : step };
  });
  const inputs = [
    pick.normal(dims),
    integers(...ranges.map(({ start }) => start)),
    integers(...ranges.map(({ end }) => end)),
    integers(...axes.map((axis) => pick.signed(axis, dims.length))),
    integers(...ranges.map(({ step }) => step)),
  ];
  return { opType: 'Slice', inputs };
};

const plainSlice: CaseMaker = (pick) => ({
  opType: 'Slice',
  inputs: [pick.normal([4, 3]), integers(pick.int(0, 3)), integers(pick.of([4, 100]))],
});

const pad: CaseMaker = (pick) => {
  const mode = pick.of(['constant', 'reflect', 'edge']);
  const dims = pick.dims([1, 4], 4).map((size) => Math.max(size, 3));
  const isCropping = mode === 'constant' && pick.bool();
  const pads = [...dims, ...dims].map(() => pick.int(isCropping ? -1 : 0, 2));
  const value = mode === 'constant' && pick.bool() ? [pick.normal([])] : [];
  return {
    opType: 'Pad',
    inputs: [pick.normal(dims), integers(...pads), ...value],
    stored: [2],
    attributes: { mode: string(mode) },
  };
};

const padSomeAxes: CaseMaker = (pick) => ({
  opType: 'Pad',
  inputs: [pick.normal([2, 3, 4]), integers(...pick.ints(4, 0, 2)), null, integers(-1, 0)],
  opset: 18,
});

const scatterElements: CaseMaker = (pick) => {
  const dims = pick.dims([1, 3]);
  const axis = pick.int(0, dims.length - 1);
  const size = dims[axis] ?? 1;
  const isAdding = pick.bool();
  // Without a reduction every place may be hit once only.
  const shape = dims.map((each, i) => (i === axis && !isAdding ? 1 : each));
  const places = integers(...pick.ints(countOf(shape), -size, size - 1));
  return {
    opType: 'ScatterElements',
    inputs: [pick.normal(dims), { ...places, dims: shape }, pick.normal(shape)],
    attributes: { axis: int(axis), reduction: string(isAdding ? 'add' : pick.of(['none', 'mul'])) },
  };
};

const scatterND: CaseMaker = (pick) => {
  const places = pick.bool() ? [0, 1, -1, 1] : [2, 0, 1, 2];
  return {
    opType: 'ScatterND',
    inputs: [pick.normal([3, 2]), { ...integers(...places), dims: [4, 1] }, pick.normal([4, 2])],
    attributes: { reduction: string(pick.of(['add', 'mul'])) },
  };
};

const resize: CaseMaker = (pick) => {
  const dims = [1, pick.int(1, 2), ...pick.ints(pick.int(1, 2), 1, 5)];
  const sizes = dims.map((size, axis) => (axis < 2 ? size : pick.int(1, 7)));
  const mode = pick.of(['nearest', 'linear']);
  return {
    opType: 'Resize',
    inputs: [pick.normal(dims), null, null, integers(...sizes)],
    attributes: {
      mode: string(mode),
      coordinate_transformation_mode: string(
        pick.of(['half_pixel', 'asymmetric', 'align_corners', 'pytorch_half_pixel']),
      ),
      nearest_mode: string(pick.of(['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'])),
    },
  };
};

export const layoutCases: CaseMakers = {
  Reshape: reshape,
  Flatten: (pick) => {
    const dims = pick.dims([1, 4]);
    const axis = int(pick.int(-dims.length, dims.length));
    return { opType: 'Flatten', inputs: [pick.normal(dims)], attributes: pick.bool() ? { axis } : {} };
  },
  Transpose: transpose,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Expand: (pick) => {
    const dims = pick.dims([1, 4]);
    return { opType: 'Expand', inputs: [pick.normal(pick.narrower(dims)), integers(...pick.narrower(dims))] };
  },
  Tile: (pick) => {
    const dims = pick.dims([1, 3]);
    return { opType: 'Tile', inputs: [pick.normal(dims), integers(...pick.ints(dims.length, 1, 3))] };
  },
  Shape: (pick) => ({
    opType: 'Shape',
    inputs: [pick.normal(pick.dims([3, 4]))],
    attributes: pick.bool() ? { start: int(pick.of([1, -2])), end: int(pick.of([2, -1, 9])) } : {},
  }),
  Size: (pick) => ({ opType: 'Size', inputs: [pick.normal(pick.dims())] }),
  Range: (pick) => {
    const bounds = pick.of([
      [0, 5, 2],
      [3, -3, -2],
      [1, 1, 1],
    ]);
    return { opType: 'Range', inputs: bounds.map((bound) => ({ ...integers(bound), dims: [] })) };
  },
  ConstantOfShape: (pick) => ({
    opType: 'ConstantOfShape',
    inputs: [integers(...pick.dims([1, 3]))],
    attributes: pick.bool() ? { value: tensor(float32Tensor([1], [2.5])) } : {},
  }),
  Gather: gather,
  Concat: concat,
  Split: split,
  UnevenSplit: unevenSplit,
  Slice: slice,
  PlainSlice: plainSlice,
  Pad: pad,
  PadSomeAxes: padSomeAxes,
  ScatterElements: scatterElements,
  ScatterND: scatterND,
  Resize: resize,
};
