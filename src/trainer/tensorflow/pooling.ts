import { must } from '#base/assert.ts';
import { kernelPositions, seenBy } from '#graph/gradients/kernel.ts';
import { spanOf, type Window } from '#graph/shapes/windows.ts';
import type { Call, Operator, Operators } from './call.ts';
import { frame, take } from './moves.ts';
import { fromPlanes, spatially, toPlanes, windowsFor } from './planes.ts';
import type { Images, TensorFlow, Value, Volumes } from './tensor-flow.ts';

type Pair = [number, number];
type Triple = [number, number, number];

/** The least number of single precision: what a maximum never is. */
const least = -3.4028234663852886e38;

type Kind = 'max' | 'mean';

/** Only the values: TensorFlow.js passes no gradient back where it also tells the positions. */
const maxPool: Operator = (call) => {
  const windows = kernelOf(call);
  const x = toPlanes(call.tf, call.x(0));
  const framed = frame(call.tf, x, { ...reachOf(call, windows), fill: least });
  return [fromPlanes(call, pooled(call.tf, framed, { windows, kind: 'max' }))];
};

/** The mean with zeros around, over the share of each window that counts. */
const averagePool: Operator = (call) => {
  const { tf } = call;
  const windows = kernelOf(call);
  const x = toPlanes(tf, call.x(0));
  const reach = reachOf(call, windows);
  const means = pooled(tf, frame(tf, x, reach), { windows, kind: 'mean' });
  const counted = call.int('count_include_pad', 0) === 1 ? padsOf(windows) : none(windows);
  const ones = frame(tf, tf.ones([1, ...x.shape.slice(1, -1), 1]), { ...counted, fill: 1 });
  const rest = {
    begins: reach.begins.map((begin, axis) => begin - (counted.begins[axis] ?? 0)),
    ends: reach.ends.map((end, axis) => end - (counted.ends[axis] ?? 0)),
  };
  const shares = pooled(tf, frame(tf, ones, rest), { windows, kind: 'mean' });
  return [fromPlanes(call, tf.div(means, shares))];
};

interface Bounds {
  readonly begins: readonly number[];
  readonly ends: readonly number[];
}

function padsOf(windows: readonly Window[]): Bounds {
  return {
    begins: spatially(windows.map(({ padBegin }) => padBegin)),
    ends: spatially(windows.map(({ padEnd }) => padEnd)),
  };
}

function none(windows: readonly Window[]): Bounds {
  const zeros = spatially(windows.map(() => 0));
  return { begins: zeros, ends: zeros };
}

function kernelOf(call: Call): readonly Window[] {
  return windowsFor(call, must(call.ints('kernel_shape'), 'a kernel'));
}

/** How far windows reach beyond the input; those of ceil mode farther than the pads. */
function reachOf(call: Call, windows: readonly Window[]): Bounds {
  const [sizes, stops] = [call.x(0).shape.slice(2), call.outDims().slice(2)];
  const ends = windows.map((window, axis) => {
    const reached = ((stops[axis] ?? 1) - 1) * window.stride + spanOf(window);
    return Math.max(0, reached - window.padBegin - (sizes[axis] ?? 1));
  });
  return { begins: padsOf(windows).begins, ends: spatially(ends) };
}

/** All windows that lie in the planes. */
function pooled(
  tf: TensorFlow,
  planes: Value,
  { windows, kind }: { windows: readonly Window[]; kind: Kind },
): Value {
  if (windows.some(({ dilation }) => dilation > 1)) return pooledByPosition(tf, planes, { windows, kind });
  const [kernel, strides] = [windows.map((window) => window.kernel), windows.map(({ stride }) => stride)];
  if (planes.rank === 5) {
    const pool = kind === 'max' ? tf.maxPool3d : tf.avgPool3d;
    return pool(planes as Volumes, kernel as Triple, strides as Triple, 'valid');
  }
  const pool = kind === 'max' ? tf.maxPool : tf.avgPool;
  return pool(planes as Images, kernel as Pair, strides as Pair, 'valid');
}

/** What each position of the kernel sees, side by side: TensorFlow.js has no gradient for dilated strided windows. */
function pooledByPosition(
  tf: TensorFlow,
  planes: Value,
  { windows, kind }: { windows: readonly Window[]; kind: Kind },
): Value {
  const stops = windows.map((window, axis) =>
    Math.floor(((planes.shape[axis + 1] ?? 0) - spanOf(window)) / window.stride),
  );
  const seen = kernelPositions(windows).map((position) => {
    const { starts, steps } = seenBy(position, windows, stops);
    return stops.reduce((value, last, axis) => {
      const at = Array.from({ length: last + 1 }, (_, i) => (starts[axis] ?? 0) + i * (steps[axis] ?? 1));
      return take(tf, value, { at, axis: axis + 1 });
    }, planes);
  });
  return kind === 'max' ? tf.max(tf.stack(seen), 0) : tf.mean(tf.stack(seen), 0);
}

/** All elements of a channel at once. */
function globalPool(pool: (tf: TensorFlow, x: Value, axes: number[]) => Value): Operator {
  return (call) => {
    const x = call.x(0);
    return [pool(call.tf, x, [...x.shape.keys()].slice(2))];
  };
}

export const poolings: Operators = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: globalPool((tf, x, axes) => tf.mean(x, axes, true)),
  GlobalMaxPool: globalPool((tf, x, axes) => tf.max(x, axes, true)),
};
