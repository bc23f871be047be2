import { must } from '#base/assert.ts';
import { spanOf, type Window } from '#graph/shapes/windows.ts';
import type { Call, Operator, Operators } from './call.ts';
import { frame, spread } from './moves.ts';
import { fromPlanes, planar, spatially, toPlanes, windowsFor } from './planes.ts';
import type { Images, TensorFlow, Value, Volumes } from './tensor-flow.ts';

type Pair = [number, number];
type Triple = [number, number, number];

/** Y = W ∗ X + b: pads are a frame, and dilated filters have zeros in their gaps, which gradients pass. */
const conv: Operator = (call) => {
  const { tf } = call;
  const windows = windowsFor(call, call.x(1).shape.slice(2));
  const x = frame(tf, toPlanes(tf, call.x(0)), {
    begins: spatially(windows.map(({ padBegin }) => padBegin)),
    ends: spatially(windows.map(({ padEnd }) => padEnd)),
  });
  const filter = filterOf(call, windows);
  const strides = windows.map(({ stride }) => stride);
  const group = call.int('group', 1);
  if (isDepthwise(filter, strides, group))
    return [withBias(call, depthwise(tf, { x, filter, strides, group }))];
  return [
    withBias(
      call,
      inGroups(tf, { x, filter, group }, (part, w) => convolved(tf, { x: part, filter: w, strides })),
    ),
  ];
};

/** Every element of X spreads over Y with the filter; pads cut the borders of Y. */
const convTranspose: Operator = (call) => {
  const { tf } = call;
  if (call.node.attributes.has('output_shape') || call.text('auto_pad', 'NOTSET').startsWith('SAME')) {
    call.fail('its pads follow from the size of its output; export it with explicit pads');
  }
  const windows = windowsFor(call, call.x(1).shape.slice(2));
  if (windows.length > 2) call.fail('TensorFlow.js has no gradient for it over three axes');
  const x = toPlanes(tf, call.x(0));
  const strides = windows.map(({ stride }) => stride) as Pair;
  const sizes = windows.map(
    (window, axis) => ((x.shape[axis + 1] ?? 0) - 1) * window.stride + spanOf(window),
  );
  const [height = 0, width = 0] = sizes;
  const whole = inGroups(
    tf,
    { x, filter: filterOf(call, windows), group: call.int('group', 1) },
    (part, filter) => {
      const shape: [number, number, number, number] = [
        part.shape[0] ?? 0,
        height,
        width,
        filter.shape[2] ?? 0,
      ];
      return tf.conv2dTranspose(part as Images, filter as Images, shape, strides, 'valid');
    },
  );
  const more = call.ints('output_padding') ?? [];
  const y = frame(tf, whole, {
    begins: spatially(windows.map(({ padBegin }) => -padBegin)),
    ends: spatially(windows.map(({ padEnd }, axis) => (more[axis] ?? 0) - padEnd)),
  });
  return [withBias(call, y)];
};

/** W [A, B, …] → […, B, A], with the gaps of its dilation. */
function filterOf(call: Call, windows: readonly Window[]): Value {
  const { tf } = call;
  const filter = planar(tf, call.x(1));
  const axes = windows.map((_, axis) => axis + 2);
  const turned = tf.transpose(filter, [...axes, 1, 0]);
  return windows.reduce((value, { dilation }, axis) => spread(tf, value, { axis, factor: dilation }), turned);
}

/** TensorFlow's own kernel for it takes equal strides only. */
function isDepthwise(filter: Value, strides: readonly number[], group: number): boolean {
  return group > 1 && filter.rank === 4 && filter.shape[2] === 1 && strides[0] === strides[1];
}

interface Convolution {
  readonly x: Value;
  readonly filter: Value;
  readonly strides: readonly number[];
}

function depthwise(tf: TensorFlow, { x, filter, strides, group }: Convolution & { group: number }): Value {
  const [height = 0, width = 0, , filters = 0] = filter.shape;
  const kernel = tf.reshape(filter, [height, width, group, filters / group]);
  return tf.depthwiseConv2d(x as Images, kernel as Images, [...strides] as Pair, 'valid');
}

function convolved(tf: TensorFlow, { x, filter, strides }: Convolution): Value {
  if (x.rank === 5) return tf.conv3d(x as Volumes, filter as Volumes, [...strides] as Triple, 'valid');
  return tf.conv2d(x as Images, filter as Images, [...strides] as Pair, 'valid');
}

/** Each group of channels by itself, with its own filters, which lie along the last axis. */
function inGroups(
  tf: TensorFlow,
  { x, filter, group }: { x: Value; filter: Value; group: number },
  apply: (x: Value, filter: Value) => Value,
): Value {
  if (group === 1) return apply(x, filter);
  const [parts, filters] = [tf.split(x, group, -1), tf.split(filter, group, -1)];
  return tf.concat(
    parts.map((part, i) => apply(part, must(filters[i], 'a filter for each group'))),
    -1,
  );
}

/** [N, …, M] → the node's output. */
function withBias(call: Call, y: Value): Value {
  const bias = call.maybe(2);
  return fromPlanes(call, bias === null ? y : call.tf.add(y, bias));
}

export const convolutions: Operators = { Conv: conv, ConvTranspose: convTranspose };
