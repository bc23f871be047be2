import { attributeOf } from '../attribute.ts';
import type { NodeFacts } from '../shapes/facts.ts';
import { throughLinearMap, type Source } from './linear-map.ts';
import type { GradientRule } from './rule.ts';

interface AxisSizes {
  readonly inSize: number;
  readonly outSize: number;
  /** Of the output to the input; not always their quotient. */
  readonly scale: number;
}

/** Every element gets its weighted share of the gradients of those made from it, axis by axis. */
export const resize: GradientRule = (step, ops) => {
  const [from, to] = [ops.dims(step.x(0)), ops.dims(step.y)];
  const along = resizeSources(step, { from, to });
  return [
    along.reduce((dy, sources, axis) => {
      if (sources === null) return dy;
      return throughLinearMap(ops, dy, { axis, size: from[axis] ?? 0, sources });
    }, step.dy),
  ];
};

/** What each element along an axis of the output of a Resize is made of; null for an axis that stays as it is. */
export function resizeSources(
  node: NodeFacts,
  { from, to }: { readonly from: readonly number[]; readonly to: readonly number[] },
): readonly (readonly Source[] | null)[] {
  for (const name of ['antialias', 'exclude_outside', 'axes']) {
    if (node.node.attributes.has(name)) node.fail(`it has ${name}`);
  }
  const scales = node.optional(2)?.scales ?? [];
  return from.map((inSize, axis) => {
    const outSize = to[axis] ?? 0;
    const sizes = { inSize, outSize, scale: scales[axis] ?? outSize / inSize };
    if (sizes.scale === 1) return null;
    return Array.from({ length: outSize }, (_, at) => sourceOf(node, at, sizes));
  });
}

function sourceOf(node: NodeFacts, at: number, sizes: AxisSizes): Source {
  const coordinate = coordinateOf(node, at, sizes);
  const inside = (position: number): number => Math.min(Math.max(position, 0), sizes.inSize - 1);
  const mode = attributeOf(node.node, 'mode', 'string') ?? 'nearest';
  if (mode === 'nearest') return [{ position: inside(nearest(node, coordinate)), weight: 1 }];
  if (mode !== 'linear') node.fail(`it resizes in the mode ${mode}`);
  const low = Math.floor(coordinate);
  return [
    { position: inside(low), weight: 1 - (coordinate - low) },
    { position: inside(low + 1), weight: coordinate - low },
  ];
}

/** Where the output's position lies in the input (ONNX, Resize: coordinate_transformation_mode). */
function coordinateOf(node: NodeFacts, at: number, { inSize, outSize, scale }: AxisSizes): number {
  const mode = attributeOf(node.node, 'coordinate_transformation_mode', 'string') ?? 'half_pixel';
  if (mode === 'asymmetric') return at / scale;
  if (mode === 'align_corners') return outSize === 1 ? 0 : (at * (inSize - 1)) / (outSize - 1);
  if (mode === 'pytorch_half_pixel' && outSize === 1) return 0;
  if (mode !== 'half_pixel' && mode !== 'pytorch_half_pixel') node.fail(`its coordinates are ${mode}`);
  return (at + 0.5) / scale - 0.5;
}

function nearest(node: NodeFacts, coordinate: number): number {
  const mode = attributeOf(node.node, 'nearest_mode', 'string') ?? 'round_prefer_floor';
  const round = roundings[mode] ?? node.fail(`it rounds by ${mode}`);
  return round(coordinate);
}

const roundings: Readonly<Record<string, (x: number) => number>> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};
