import { int, ints, string } from '../../../src/graph/attribute.ts';
import type { Attribute } from '../../../src/graph/model.ts';
import type { CaseMaker, CaseMakers, Picker } from './case.ts';

type Attributes = Record<string, Attribute>;

/** How a kernel slides over inputs that it fits into. */
interface Layout {
  readonly kernel: readonly number[];
  readonly sizes: readonly number[];
  readonly attributes: Attributes;
}

/** A pool's pads are smaller than its kernel: else it would stop where no element is. */
function layoutOf(pick: Picker, { isPool = false, isDilated = true } = {}): Layout {
  const rank = pick.of([1, 2, 2, 2, 3]);
  const kernel = pick.ints(rank, 1, rank === 3 ? 2 : 3);
  const dilations = pick.ints(rank, 1, isDilated ? 2 : 1);
  const strides = pick.ints(rank, 1, 3);
  const spans = kernel.map((size, axis) => (size - 1) * (dilations[axis] ?? 1) + 1);
  const sizes = spans.map((span) => span + pick.int(0, rank === 3 ? 2 : 4));
  const largest = isPool ? kernel.map((size) => size - 1) : spans;
  const pads = [...largest, ...largest].map((size) => pick.int(0, size));
  const padding = pick.of<Attributes>([
    {},
    { pads: ints(pads) },
    { pads: ints(pads) },
    { auto_pad: string(pick.of(['SAME_UPPER', 'SAME_LOWER', 'VALID'])) },
  ]);
  // Runtimes resolve SAME in ways of their own where a kernel is dilated.
  const isSame = 'auto_pad' in padding;
  return {
    kernel,
    sizes: isSame ? sizes.map((size) => Math.max(size, 3)) : sizes,
    attributes: {
      ...padding,
      // Nor do they agree where SAME would have to take away from the input.
      strides: ints(
        strides.map((stride, axis) => (isSame && isPool ? Math.min(stride, kernel[axis] ?? 1) : stride)),
      ),
      ...(isSame || !isDilated ? {} : { dilations: ints(dilations) }),
    },
  };
}

/** Groups and channels: dense, grouped or depthwise (also with several filters for each channel). */
function channelsOf(pick: Picker): { group: number; depth: number; filters: number } {
  const kind = pick.of(['dense', 'grouped', 'depthwise']);
  const group = kind === 'dense' ? 1 : pick.int(2, 3);
  return {
    group,
    depth: kind === 'depthwise' ? 1 : pick.int(1, 3),
    filters: kind === 'depthwise' && pick.bool() ? 1 : pick.int(1, 3),
  };
}

const conv: CaseMaker = (pick) => {
  const { kernel, sizes, attributes } = layoutOf(pick);
  const { group, depth, filters } = channelsOf(pick);
  const x = pick.normal([pick.int(1, 2), group * depth, ...sizes]);
  const w = pick.normal([group * filters, depth, ...kernel]);
  const bias = pick.bool() ? [pick.normal([group * filters])] : [];
  return { opType: 'Conv', inputs: [x, w, ...bias], attributes: { ...attributes, group: int(group) } };
};

const convTranspose: CaseMaker = (pick) => {
  const { group, depth, filters } = channelsOf(pick);
  const rank = pick.int(1, 2);
  const kernel = pick.ints(rank, 1, 3);
  const strides = pick.ints(rank, 1, 3);
  const dilations = pick.ints(rank, 1, 2);
  const pads = [...kernel, ...kernel].map((size) => pick.int(0, Math.max(0, Math.min(1, size - 1))));
  const rest = strides.map((stride) => pick.int(0, stride - 1));
  const x = pick.normal([pick.int(1, 2), group * depth, ...pick.ints(rank, 2, 4)]);
  const w = pick.normal([group * depth, filters, ...kernel]);
  const bias = pick.bool() ? [pick.normal([group * filters])] : [];
  const attributes = {
    strides: ints(strides),
    dilations: ints(dilations),
    pads: ints(pads),
    output_padding: ints(rest),
    group: int(group),
  };
  return { opType: 'ConvTranspose', inputs: [x, w, ...bias], attributes };
};

function pool(opType: string, more: (pick: Picker) => Attributes = () => ({})): CaseMaker {
  return (pick) => {
    const layout = layoutOf(pick, { isPool: true, isDilated: opType === 'MaxPool' });
    const { kernel, sizes, attributes } = layout;
    return {
      opType,
      inputs: [pick.apart([pick.int(1, 2), pick.int(1, 2), ...sizes])],
      attributes: {
        ...attributes,
        ...more(pick),
        kernel_shape: ints(kernel),
        ceil_mode: int(pick.bool() && !('auto_pad' in attributes) && !endsInPad(layout) ? 1 : 0),
      },
    };
  };
}

/** Whether the last stop of ceil mode would begin in the pad: onnxruntime's two opinions on that are a case below. */
function endsInPad({ kernel, sizes, attributes }: Layout): boolean {
  const numbers = (name: string, fallback: number): readonly number[] => {
    const attribute = attributes[name];
    return attribute?.kind === 'ints'
      ? attribute.value.map(Number)
      : Array<number>(2 * kernel.length).fill(fallback);
  };
  const [strides, dilations, pads] = [numbers('strides', 1), numbers('dilations', 1), numbers('pads', 0)];
  return sizes.some((size, axis) => {
    const [stride = 1, begin = 0, end = 0] = [strides[axis], pads[axis], pads[axis + kernel.length]];
    const span = ((kernel[axis] ?? 1) - 1) * (dilations[axis] ?? 1) + 1;
    return Math.ceil((size + begin + end - span) / stride) * stride >= size + begin;
  });
}

/** A last stop that would begin in the pad is left out when running, but not when onnxruntime infers shapes. */
function poolEndingInPad(opType: string): CaseMaker {
  return (pick) => ({
    opType,
    inputs: [pick.apart([1, 2, pick.of([4, 6])])],
    attributes: { kernel_shape: ints([2]), strides: ints([3]), pads: ints([1, 1]), ceil_mode: int(1) },
    differentiable: 0,
  });
}

function globalPool(opType: string): CaseMaker {
  return (pick) => ({ opType, inputs: [pick.apart([2, 3, ...pick.dims([1, 3])])] });
}

export const convolutionCases: CaseMakers = {
  Conv: conv,
  ConvTranspose: convTranspose,
  MaxPool: pool('MaxPool'),
  MaxPoolWithPositions: (pick) => ({ ...pool('MaxPool')(pick), outputs: 2, differentiable: 1 }),
  MaxPoolEndingInPad: poolEndingInPad('MaxPool'),
  AveragePoolEndingInPad: poolEndingInPad('AveragePool'),
  AveragePool: pool('AveragePool', (pick) => ({ count_include_pad: int(pick.int(0, 1)) })),
  GlobalAveragePool: globalPool('GlobalAveragePool'),
  GlobalMaxPool: globalPool('GlobalMaxPool'),
};
