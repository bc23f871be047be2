import { assert, must } from '../../../src/base/assert.ts';
import type { Operator, Operators } from './call.ts';
import { fromStart } from './call.ts';
import { forEachIndex, placeOf, read, valueAt, withPosition, type Value } from './value.ts';

const gather: Operator = (call) => {
  const [value, places] = [call.input(0), call.input(1)];
  const axis = call.axis(0, value.dims.length);
  const rank = places.dims.length;
  const dims = [...value.dims.slice(0, axis), ...places.dims, ...value.dims.slice(axis + 1)];
  return [
    valueAt(value.type, dims, (index) => {
      const place = fromStart(read(places, index.slice(axis, axis + rank)), value.dims[axis] ?? 0);
      return read(value, [...index.slice(0, axis), place, ...index.slice(axis + rank)]);
    }),
  ];
};

const concat: Operator = (call) => {
  const first = call.input(0);
  const axis = call.axis(0, first.dims.length);
  const total = call.inputs.reduce((sum, { dims }) => sum + (dims[axis] ?? 0), 0);
  const dims = withPosition(first.dims, axis, total);
  return [
    valueAt(first.type, dims, (index) => {
      let position = index[axis] ?? 0;
      for (const value of call.inputs) {
        const size = value.dims[axis] ?? 0;
        if (position < size) return read(value, withPosition(index, axis, position));
        position -= size;
      }
      throw new Error('a position in one of the parts');
    }),
  ];
};

/** Parts of the stated sizes, else of equal ones with a smaller last. */
const split: Operator = (call) => {
  const value = call.input(0);
  const axis = call.axis(0, value.dims.length);
  const size = must(value.dims[axis], 'an axis');
  const count = call.node.outputs.length;
  const part = Math.ceil(size / count);
  const equal = Array.from({ length: count }, (_, i) => Math.min(part, size - i * part));
  let start = 0;
  return (call.numbers(1) ?? equal).map((length) => {
    const from = start;
    start += length;
    return valueAt(value.type, withPosition(value.dims, axis, length), (index) =>
      read(value, withPosition(index, axis, from + (index[axis] ?? 0))),
    );
  });
};

/** Positions as Python's `range(start, end, step)` gives them after ONNX's clamping. */
function positionsOf(
  size: number,
  { start, end, step }: { start: number; end: number; step: number },
): number[] {
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const first = Math.min(Math.max(fromStart(start, size), Math.max(low, 0)), high);
  const last = Math.min(Math.max(fromStart(end, size), low), high);
  const found: number[] = [];
  for (let at = first; step > 0 ? at < last : at > last; at += step) found.push(at);
  return found;
}

const slice: Operator = (call) => {
  const value = call.input(0);
  const starts = must(call.numbers(1), 'starts');
  const ends = must(call.numbers(2), 'ends');
  const axes = call.numbers(3) ?? [...starts.keys()];
  const steps = call.numbers(4) ?? starts.map(() => 1);
  const positions = value.dims.map((size) => Array.from({ length: size }, (_, i) => i));
  axes.forEach((stated, i) => {
    const axis = fromStart(stated, value.dims.length);
    const range = { start: starts[i] ?? 0, end: ends[i] ?? 0, step: steps[i] ?? 1 };
    positions[axis] = positionsOf(value.dims[axis] ?? 0, range);
  });
  const dims = positions.map(({ length }) => length);
  return [
    valueAt(value.type, dims, (index) =>
      read(
        value,
        index.map((at, axis) => positions[axis]?.[at] ?? -1),
      ),
    ),
  ];
};

/** Where an element of the padded axis comes from; null: from nowhere. */
function padSource(position: number, size: number, mode: string): number | null {
  if (position >= 0 && position < size) return position;
  if (mode === 'constant') return null;
  if (mode === 'edge') return position < 0 ? 0 : size - 1;
  assert(mode === 'reflect', `pad mode ${mode} is known`);
  return padSource(position < 0 ? -position : 2 * (size - 1) - position, size, mode);
}

const pad: Operator = (call) => {
  const value = call.input(0);
  const rank = value.dims.length;
  const pads = must(call.numbers(1), 'pads');
  const axes = (call.numbers(3) ?? [...value.dims.keys()]).map((axis) => fromStart(axis, rank));
  const begins = value.dims.map((_, axis) => (axes.includes(axis) ? (pads[axes.indexOf(axis)] ?? 0) : 0));
  const ends = value.dims.map((_, axis) =>
    axes.includes(axis) ? (pads[axes.indexOf(axis) + axes.length] ?? 0) : 0,
  );
  const dims = value.dims.map((size, axis) => size + (begins[axis] ?? 0) + (ends[axis] ?? 0));
  const mode = call.text('mode', 'constant');
  return [
    valueAt(value.type, dims, (index) => {
      const source = index.map((at, axis) =>
        padSource(at - (begins[axis] ?? 0), value.dims[axis] ?? 0, mode),
      );
      const known = source.filter((position) => position !== null);
      return known.length === rank ? read(value, known) : call.scalar(2, 0);
    }),
  ];
};

function combined(reduction: string, old: number, update: number): number {
  if (reduction === 'none') return update;
  if (reduction === 'add') return old + update;
  assert(reduction === 'mul', `reduction ${reduction} is known`);
  return old * update;
}

function updated(
  value: Value,
  update: (set: (index: readonly number[], x: number) => void) => void,
  reduction: string,
): Value {
  const data = value.data.slice();
  update((index, x) => {
    const at = placeOf(value.dims, index);
    data[at] = combined(reduction, data[at] ?? NaN, x);
  });
  return { ...value, data };
}

const scatterElements: Operator = (call) => {
  const [value, places, updates] = [call.input(0), call.input(1), call.input(2)];
  const axis = call.axis(0, value.dims.length);
  const all = (set: (index: readonly number[], x: number) => void): void => {
    forEachIndex(places.dims, (index) => {
      const place = fromStart(read(places, index), value.dims[axis] ?? 0);
      set(withPosition(index, axis, place), read(updates, index));
    });
  };
  return [updated(value, all, call.text('reduction', 'none'))];
};

/** The last axis of the places holds indices into the first axes of the value. */
const scatterND: Operator = (call) => {
  const [value, places, updates] = [call.input(0), call.input(1), call.input(2)];
  const rank = places.dims.length - 1;
  const depth = must(places.dims[rank], 'a last axis');
  const all = (set: (index: readonly number[], x: number) => void): void => {
    forEachIndex(updates.dims, (index) => {
      const outer = index.slice(0, rank);
      const place = Array.from({ length: depth }, (_, i) =>
        fromStart(read(places, [...outer, i]), value.dims[i] ?? 0),
      );
      set([...place, ...index.slice(rank)], read(updates, index));
    });
  };
  return [updated(value, all, call.text('reduction', 'none'))];
};

export const selections: Operators = {
  Gather: gather,
  Concat: concat,
  Split: split,
  Slice: slice,
  Pad: pad,
  ScatterElements: scatterElements,
  ScatterND: scatterND,
};
