import { Tensor } from 'onnxruntime-node';
import type { Tensors } from '../session.ts';
import type { LossAndGradient } from './step-runner.ts';

/** What is the same for all units of a batch; all other feeds of a training graph have a row for each. */
const shared = 'parameters';

/** The feeds of a batch as those of parts of `units` units. Rows beyond the batch are zeros, so their weight is 0. */
export function* inParts(
  feeds: Tensors,
  { batch, units }: { readonly batch: number; readonly units: number },
): Generator<Tensors> {
  for (let start = 0; start < batch; start += units) {
    const part = Object.entries(feeds).map(([name, tensor]) => {
      const isWhole = name === shared || units === batch;
      return [name, isWhole ? tensor : rowsOf(tensor, start, units)] as const;
    });
    yield Object.fromEntries(part);
  }
}

/** The loss and the gradient of two parts together; the weights of units make both sums over the batch. */
export function added(a: LossAndGradient, b: LossAndGradient): LossAndGradient {
  const sum = (a.gradient.data as Float32Array).slice();
  (b.gradient.data as Float32Array).forEach((value, at) => (sum[at] = (sum[at] ?? 0) + value));
  return { loss: a.loss + b.loss, gradient: new Tensor('float32', sum, a.gradient.dims) };
}

function rowsOf(tensor: Tensor, start: number, count: number): Tensor {
  const [rows = 1, ...dims] = tensor.dims;
  const width = tensor.data.length / rows;
  const data = tensor.data as Float32Array | Uint8Array;
  const found = data.slice(start * width, (start + count) * width);
  const isWhole = found.length === count * width;
  return new Tensor(tensor.type, isWhole ? found : padded(found, count * width), [count, ...dims]);
}

function padded(data: Float32Array | Uint8Array, length: number): Float32Array | Uint8Array {
  const all = data instanceof Float32Array ? new Float32Array(length) : new Uint8Array(length);
  all.set(data);
  return all;
}
