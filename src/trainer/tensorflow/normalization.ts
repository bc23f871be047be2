import type { Call, Operator, Operators } from './call.ts';
import type { Value } from './tensor-flow.ts';

interface Moments {
  readonly mean: Value;
  readonly variance: Value;
}

/** 1 / √(variance + ε). */
function inverse(call: Call, { variance }: Moments): Value {
  return call.tf.rsqrt(call.tf.add(variance, call.float('epsilon', 1e-5)));
}

function normal(call: Call, moments: Moments): Value {
  return call.tf.mul(call.tf.sub(call.x(0), moments.mean), inverse(call, moments));
}

/** A number for each channel as [1, C, 1, …]. */
function perChannel({ tf, ...call }: Pick<Call, 'tf'> & { rank: number }, value: Value): Value {
  return tf.reshape(value, [1, -1, ...Array<number>(call.rank - 2).fill(1)]);
}

/** Over all axes from `axis` on; then the mean and the inverse deviation. */
const layerNormalization: Operator = (call) => {
  const { tf } = call;
  const x = call.x(0);
  const moments = tf.moments(x, [...x.shape.keys()].slice(call.ownAxis(-1)), true);
  const scaled = tf.mul(normal(call, moments), call.x(1));
  const bias = call.maybe(2);
  return [bias === null ? scaled : tf.add(scaled, bias), moments.mean, inverse(call, moments)];
};

/** Per channel, with given statistics or, in training mode, with those of the batch, which then enter the given ones. */
const batchNormalization: Operator = (call) => {
  const { tf } = call;
  const x = call.x(0);
  const across = (value: Value): Value => perChannel({ tf, rank: x.rank }, value);
  const axes = [...x.shape.keys()].filter((axis) => axis !== 1);
  const isTraining = call.int('training_mode', 0) === 1;
  const given = { mean: across(call.x(3)), variance: across(call.x(4)) };
  const moments = isTraining ? tf.moments(x, axes, true) : given;
  const y = tf.add(tf.mul(normal(call, moments), across(call.x(1))), across(call.x(2)));
  if (!isTraining) return [y];
  const momentum = call.float('momentum', 0.9);
  const running = (old: Value, used: Value): Value =>
    tf.reshape(tf.add(tf.mul(old, momentum), tf.mul(used, 1 - momentum)), [-1]);
  return [y, running(given.mean, moments.mean), running(given.variance, moments.variance)];
};

/** Every channel of every image by itself. */
const instanceNormalization: Operator = (call) => {
  const { tf } = call;
  const x = call.x(0);
  const across = (value: Value): Value => perChannel({ tf, rank: x.rank }, value);
  const moments = tf.moments(x, [...x.shape.keys()].slice(2), true);
  return [tf.add(tf.mul(normal(call, moments), across(call.x(1))), across(call.x(2)))];
};

export const normalizations: Operators = {
  LayerNormalization: layerNormalization,
  BatchNormalization: batchNormalization,
  InstanceNormalization: instanceNormalization,
};
