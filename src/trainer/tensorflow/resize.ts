import { resizeSources } from '#graph/gradients/resize.ts';
import type { Operator } from './call.ts';
import { take } from './moves.ts';

/**
 * Each element is the weighted sum of its sources, axis by axis. TensorFlow.js resizes in other coordinates than most
 * of ONNX's, and the gradient of its half-pixel centres is not theirs.
 */
export const resize: Operator = (call) => {
  const { tf } = call;
  const along = resizeSources(call, { from: call.x(0).shape, to: call.outDims() });
  const resized = along.reduce((value, sources, axis) => {
    if (sources === null) return value;
    const most = Math.max(...sources.map(({ length }) => length));
    const shape = value.shape.map((_, i) => (i === axis ? sources.length : 1));
    const parts = Array.from({ length: most }, (_, which) => {
      const at = sources.map((source) => source[which]?.position ?? 0);
      const weights = sources.map((source) => source[which]?.weight ?? 0);
      return tf.mul(take(tf, value, { at, axis }), tf.tensor(weights, shape));
    });
    return tf.addN(parts);
  }, call.x(0));
  return [tf.clone(resized)];
};
