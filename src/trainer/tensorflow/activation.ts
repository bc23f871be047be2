import type { Call, Operators } from './call.ts';
import { each } from './elementwise.ts';
import type { TensorFlow, Value } from './tensor-flow.ts';

/** min(1, max(0, slope · x + offset)). */
function ramp(tf: TensorFlow, x: Value, { slope, offset }: { slope: number; offset: number }): Value {
  return tf.clipByValue(tf.add(tf.mul(x, slope), offset), 0, 1);
}

/** x for x > 0, else α (eˣ − 1). */
function elu(tf: TensorFlow, x: Value, alpha: number): Value {
  return tf.add(tf.relu(x), tf.mul(tf.elu(tf.neg(tf.relu(tf.neg(x)))), alpha));
}

/** x · Φ(x), exact or by tanh (Hendrycks & Gimpel 2016). */
function gelu(tf: TensorFlow, x: Value, call: Call): Value {
  const cubic = tf.mul(tf.add(x, tf.mul(tf.pow(x, 3), 0.044715)), Math.sqrt(2 / Math.PI));
  const isTanh = call.text('approximate', 'none') === 'tanh';
  const inner = isTanh ? tf.tanh(cubic) : tf.erf(tf.div(x, Math.SQRT2));
  return tf.mul(tf.mul(x, 0.5), tf.add(inner, 1));
}

export const activations: Operators = {
  Relu: each((tf, x) => tf.relu(x)),
  LeakyRelu: each((tf, x, call) => tf.leakyRelu(x, call.float('alpha', 0.01))),
  PRelu: (call) => [call.tf.prelu(call.x(0), call.x(1))],
  Elu: each((tf, x, call) => elu(tf, x, call.float('alpha', 1))),
  Clip: each((tf, x, call) => tf.clipByValue(x, call.number(1, -Infinity), call.number(2, Infinity))),
  Sigmoid: each((tf, x) => tf.sigmoid(x)),
  HardSigmoid: each((tf, x, call) =>
    ramp(tf, x, { slope: call.float('alpha', 0.2), offset: call.float('beta', 0.5) }),
  ),
  HardSwish: each((tf, x) => tf.mul(x, ramp(tf, x, { slope: 1 / 6, offset: 0.5 }))),
  Tanh: each((tf, x) => tf.tanh(x)),
  Softplus: each((tf, x) => tf.softplus(x)),
  Gelu: each(gelu),
};
