import { attributeOf } from '../attribute.ts';
import { readFloat32 } from '../tensor.ts';
import { throughLinearMap, type Source } from './linear-map.ts';
import type { Ops } from './ops.ts';
import type { GradientRule, Step } from './rule.ts';

interface AxisSizes {
  readonly inSize: number;
  readonly outSize: number;
  /** Of the output to the input; not always their quotient. */
  readonly scale: number;
}

/** Every element gets its weighted share of the gradients of those made from it, axis by axis. */
export const resize: GradientRule = (step, ops) => {
  for (const name of ['antialias', 'exclude_outside', 'axes']) {
    if (step.node.attributes.has(name)) step.fail(`it has ${name}`);
  }
  const [from, to] = [ops.dims(step.x(0)), ops.dims(step.y)];
  const scales = scalesOf(step, ops);
  return [
    from.reduce((dy, size, axis) => {
      const outSize = to[axis] ?? 0;
      const sizes = { inSize: size, outSize, scale: scales[axis] ?? outSize / size };
      if (sizes.scale === 1) return dy;
      const sources = Array.from({ length: outSize }, (_, at) => sourceOf(step, at, sizes));
      return throughLinearMap(ops, dy, { axis, size, sources });
    }, step.dy),
  ];
};

function scalesOf(step: Step, ops: Ops): readonly number[] {
  const stored = ops.builder.stored(step.node.inputs[2] ?? '');
  return stored === undefined ? [] : [...readFloat32(stored)];
}

function sourceOf(step: Step, at: number, sizes: AxisSizes): Source {
  const coordinate = coordinateOf(step, at, sizes);
  const inside = (position: number): number => Math.min(Math.max(position, 0), sizes.inSize - 1);
  const mode = attributeOf(step.node, 'mode', 'string') ?? 'nearest';
  if (mode === 'nearest') return [{ position: inside(nearest(step, coordinate)), weight: 1 }];
  if (mode !== 'linear') step.fail(`it resizes in the mode ${mode}`);
  const low = Math.floor(coordinate);
  return [
    { position: inside(low), weight: 1 - (coordinate - low) },
    { position: inside(low + 1), weight: coordinate - low },
  ];
}

/** Where the output's position lies in the input (ONNX, Resize: coordinate_transformation_mode). */
function coordinateOf(step: Step, at: number, { inSize, outSize, scale }: AxisSizes): number {
  const mode = attributeOf(step.node, 'coordinate_transformation_mode', 'string') ?? 'half_pixel';
  if (mode === 'asymmetric') return at / scale;
  if (mode === 'align_corners') return outSize === 1 ? 0 : (at * (inSize - 1)) / (outSize - 1);
  if (mode === 'pytorch_half_pixel' && outSize === 1) return 0;
  if (mode !== 'half_pixel' && mode !== 'pytorch_half_pixel') step.fail(`its coordinates are ${mode}`);
  return (at + 0.5) / scale - 0.5;
}

function nearest(step: Step, coordinate: number): number {
  const mode = attributeOf(step.node, 'nearest_mode', 'string') ?? 'round_prefer_floor';
  const round = roundings[mode] ?? step.fail(`it rounds by ${mode}`);
  return round(coordinate);
}

const roundings: Readonly<Record<string, (x: number) => number>> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};
