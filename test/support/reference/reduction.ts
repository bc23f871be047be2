import type { Call, Operator, Operators } from './call.ts';
import { fromStart } from './call.ts';
import { forEachIndex, placeOf, read, valueAt, withPosition, type Value } from './value.ts';

type Reducer = (elements: readonly number[]) => number;

const sum: Reducer = (elements) => elements.reduce((total, x) => total + x, 0);

/** A number made of the elements along some axes: of all, when none are named. */
function reduce(reducer: Reducer): Operator {
  return (call) => {
    const value = call.input(0);
    const stated = call.axes(value.dims.length) ?? [];
    if (stated.length === 0 && call.int('noop_with_empty_axes', 0) === 1) return [value];
    const axes = stated.length === 0 ? [...value.dims.keys()] : stated;
    const kept = value.dims.map((size, axis) => (axes.includes(axis) ? 1 : size));
    const data = groupsOf(value, kept).map(reducer);
    return [{ type: value.type, dims: shownDims(call, value, axes), data: Float64Array.from(data) }];
  };
}

/** The elements that fall together when axes shrink to size 1. */
function groupsOf(value: Value, kept: readonly number[]): readonly (readonly number[])[] {
  const groups: number[][] = Array.from({ length: kept.reduce((a, b) => a * b, 1) }, () => []);
  forEachIndex(value.dims, (index) => {
    const group = index.map((position, axis) => (kept[axis] === 1 ? 0 : position));
    groups[placeOf(kept, group)]?.push(read(value, index));
  });
  return groups;
}

function shownDims(call: Call, { dims }: Value, axes: readonly number[]): readonly number[] {
  const isKept = call.int('keepdims', 1) === 1;
  return dims.flatMap((size, axis) => (axes.includes(axis) ? (isKept ? [1] : []) : [size]));
}

/** Position of the first best element along an axis. */
function positionOf(isBetter: (a: number, b: number) => boolean): Operator {
  return (call) => {
    const value = call.input(0);
    const axis = call.axis(0, value.dims.length);
    const kept = value.dims.map((size, i) => (i === axis ? 1 : size));
    const best = valueAt('int64', kept, (index) => {
      let found = 0;
      for (let at = 1; at < (value.dims[axis] ?? 0); at++) {
        const [candidate, holder] = [withPosition(index, axis, at), withPosition(index, axis, found)];
        if (isBetter(read(value, candidate), read(value, holder))) found = at;
      }
      return found;
    });
    return [{ ...best, dims: shownDims(call, value, [axis]) }];
  };
}

const cumulativeSum: Operator = (call) => {
  const value = call.input(0);
  const axis = fromStart(call.scalar(1, 0), value.dims.length);
  const [isExclusive, isReversed] = [call.int('exclusive', 0) === 1, call.int('reverse', 0) === 1];
  const counts = (at: number, to: number): boolean =>
    at === to ? !isExclusive : isReversed ? at > to : at < to;
  return [
    valueAt(value.type, value.dims, (index) => {
      let total = 0;
      for (let at = 0; at < (value.dims[axis] ?? 0); at++) {
        if (counts(at, index[axis] ?? 0)) total += read(value, withPosition(index, axis, at));
      }
      return total;
    }),
  ];
};

export const reductions: Operators = {
  ReduceSum: reduce(sum),
  ReduceMean: reduce((elements) => sum(elements) / elements.length),
  ReduceMax: reduce((elements) => Math.max(...elements)),
  ReduceMin: reduce((elements) => Math.min(...elements)),
  ReduceProd: reduce((elements) => elements.reduce((product, x) => product * x, 1)),
  ReduceL1: reduce((elements) => sum(elements.map(Math.abs))),
  ReduceLogSum: reduce((elements) => Math.log(sum(elements))),
  ReduceLogSumExp: reduce((elements) => Math.log(sum(elements.map(Math.exp)))),
  ReduceL2: reduce((elements) => Math.hypot(...elements)),
  ReduceSumSquare: reduce((elements) => sum(elements.map((x) => x * x))),
  ArgMax: positionOf((a, b) => a > b),
  ArgMin: positionOf((a, b) => a < b),
  CumSum: cumulativeSum,
};
