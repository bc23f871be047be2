import { must } from '../../../src/base/assert.ts';
import { attributeOf } from '../../../src/graph/attribute.ts';
import type { Operator, Operators } from './call.ts';
import { fromStart } from './call.ts';
import { storedValue } from './stored-value.ts';
import { broadcastDims, countOf, read, readBroadcast, valueAt, type Value } from './value.ts';

const reshape: Operator = (call) => {
  const value = call.input(0);
  const isZeroCopied = call.int('allowzero', 0) === 0;
  const wanted = must(call.numbers(1), 'a shape').map((size, axis) =>
    size === 0 && isZeroCopied ? must(value.dims[axis], 'a size to copy') : size,
  );
  const rest = countOf(value.dims) / countOf(wanted.filter((size) => size !== -1));
  return [
    shaped(
      value,
      wanted.map((size) => (size === -1 ? rest : size)),
    ),
  ];
};

function shaped(value: Value, dims: readonly number[]): Value {
  if (countOf(dims) !== value.data.length) throw new Error(`${value.dims.join()} is no ${dims.join()}`);
  return { ...value, dims };
}

const flatten: Operator = (call) => {
  const value = call.input(0);
  const axis = call.axis(1, value.dims.length);
  return [shaped(value, [countOf(value.dims.slice(0, axis)), countOf(value.dims.slice(axis))])];
};

const transpose: Operator = (call) => {
  const value = call.input(0);
  const order = call.ints('perm') ?? [...value.dims.keys()].reverse();
  const dims = order.map((axis) => must(value.dims[axis], 'an axis'));
  return [
    valueAt(value.type, dims, (index) =>
      read(
        value,
        value.dims.map((_, axis) => index[order.indexOf(axis)] ?? -1),
      ),
    ),
  ];
};

const squeeze: Operator = (call) => {
  const value = call.input(0);
  const axes =
    call.axes(value.dims.length) ?? [...value.dims.keys()].filter((axis) => value.dims[axis] === 1);
  return [
    shaped(
      value,
      value.dims.filter((_, axis) => !axes.includes(axis)),
    ),
  ];
};

const unsqueeze: Operator = (call) => {
  const value = call.input(0);
  const count = must(call.numbers(1) ?? call.ints('axes'), 'axes').length;
  const axes = must(call.axes(value.dims.length + count), 'axes');
  const rest = [...value.dims];
  const dims = Array.from({ length: value.dims.length + count }, (_, axis) =>
    axes.includes(axis) ? 1 : must(rest.shift(), 'a size'),
  );
  return [shaped(value, dims)];
};

const expand: Operator = (call) => {
  const value = call.input(0);
  const dims = broadcastDims([value.dims, must(call.numbers(1), 'a shape')]);
  return [valueAt(value.type, dims, (index) => readBroadcast(value, index))];
};

const tile: Operator = (call) => {
  const value = call.input(0);
  const repeats = must(call.numbers(1), 'repeats');
  const dims = value.dims.map((size, axis) => size * (repeats[axis] ?? 1));
  return [
    valueAt(value.type, dims, (index) =>
      read(
        value,
        index.map((position, axis) => position % (value.dims[axis] ?? 1)),
      ),
    ),
  ];
};

const shape: Operator = (call) => {
  const { dims } = call.input(0);
  const [start, end] = [call.int('start', 0), call.int('end', dims.length)];
  const sizes = dims.slice(fromStart(start, dims.length), fromStart(end, dims.length));
  return [{ type: 'int64', dims: [sizes.length], data: Float64Array.from(sizes) }];
};

const range: Operator = (call) => {
  const [start, limit, step] = [call.scalar(0, 0), call.scalar(1, 0), call.scalar(2, 1)];
  const length = Math.max(0, Math.ceil((limit - start) / step));
  return [valueAt(call.input(0).type, [length], ([at = 0]) => start + at * step)];
};

const constantOfShape: Operator = (call) => {
  const stored = attributeOf(call.node, 'value', 'tensor');
  const { type, data } = stored ? storedValue(stored) : { type: 'float32' as const, data: [0] };
  return [valueAt(type, must(call.numbers(0), 'a shape'), () => must(data[0], 'a number'))];
};

export const layouts: Operators = {
  Reshape: reshape,
  Flatten: flatten,
  Transpose: transpose,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Expand: expand,
  Tile: tile,
  Shape: shape,
  Size: (call) => [{ type: 'int64', dims: [], data: Float64Array.of(call.input(0).data.length) }],
  Range: range,
  ConstantOfShape: constantOfShape,
  Constant: ({ node }) => [storedValue(must(attributeOf(node, 'value', 'tensor'), 'numbers'))],
};
