import { must } from '#base/assert.ts';
import type { NodeFacts } from '../../shapes/facts.ts';
import { sliceRanges } from '../../shapes/selection.ts';
import { elementCount, readIntegers } from '../../tensor.ts';
import { broadcastOffsets, copyView, stridesOf, wholeAxis, type Offsets } from './view.ts';
import type { Evaluator } from './evaluator.ts';

/** The same numbers in another shape. */
export const reshaped: Evaluator = ({ inputs, dims }) => {
  const input = must(inputs[0], 'a first input');
  return { ...input, dims };
};

/** Evaluates an operator that shows its first input through a view. */
function viewed(
  offsetsOf: (node: NodeFacts, dims: readonly number[], wanted: readonly number[]) => Offsets,
): Evaluator {
  return ({ node, inputs, dims }) => {
    const input = must(inputs[0], 'a first input');
    return copyView(input, offsetsOf(node, input.dims, dims), dims);
  };
}

export const transpose = viewed((node, dims) => {
  const strides = stridesOf(dims);
  const order = node.ints('perm') ?? [...dims.keys()].reverse();
  return order.map((axis) => wholeAxis(dims[axis] ?? 0, strides[axis] ?? 0));
});

export const expand = viewed((_, dims, wanted) => broadcastOffsets(dims, wanted));

export const slice = viewed((node, dims) => {
  const strides = stridesOf(dims);
  const offsets = dims.map((size, axis) => wholeAxis(size, strides[axis] ?? 0));
  for (const { axis, start, step, count } of sliceRanges(node)) {
    const stride = strides[axis] ?? 0;
    offsets[axis] = Array.from({ length: count }, (_, k) => (start + k * step) * stride);
  }
  return offsets;
});

export const gather: Evaluator = ({ node, inputs, dims }) => {
  const [data, positions] = [must(inputs[0], 'data'), must(inputs[1], 'positions')];
  const strides = stridesOf(data.dims);
  const at = node.axis(node.int('axis', 0), data.dims.length);
  const size = must(data.dims[at], 'the size of the axis');
  const chosen = readIntegers(positions).map(Number);
  if (chosen.some((place) => place < -size || place >= size)) return null;
  const offsets = data.dims.map((length, axis) => {
    const stride = strides[axis] ?? 0;
    return axis === at
      ? chosen.map((place) => (place < 0 ? place + size : place) * stride)
      : wholeAxis(length, stride);
  });
  return copyView(data, offsets, dims);
};

/** Blocks of all inputs in turn: what lies behind the axis is contiguous in each. */
export const concat: Evaluator = ({ node, inputs, dims }) => {
  const type = must(inputs[0], 'a first input').type;
  const axis = node.axis(node.int('axis', 0), dims.length);
  const outer = elementCount(dims.slice(0, axis));
  const blocks = Array.from({ length: outer }, (_, row) =>
    inputs.map(({ raw }) => raw.subarray((row * raw.length) / outer, ((row + 1) * raw.length) / outer)),
  ).flat();
  return { type, dims, raw: joined(blocks) };
};

function joined(blocks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}
