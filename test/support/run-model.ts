import { InferenceSession, Tensor } from 'onnxruntime-node';
import { seededRandom } from '../../src/base/random.ts';
import { feeds, tensorType, type Model } from '../../src/graph/model.ts';
import { elementCount } from '../../src/graph/tensor.ts';
import { writeModel } from '../../src/graph/write-model.ts';

/** Numbers for a named size of an input that the model leaves open. */
type OpenSizes = Readonly<Record<string, number>>;

/** Runs a model on seeded normal numbers; the same for every model with the same inputs. */
export async function runOnNoise(model: Model, sizes: OpenSizes = {}): Promise<Record<string, Tensor>> {
  const random = seededRandom(7);
  const inputs = feeds(model.graph).map((input) => {
    const dims = (tensorType(input)?.dims ?? []).map((dim) =>
      typeof dim === 'number' ? dim : (sizes[dim ?? ''] ?? 1),
    );
    const values = Float32Array.from({ length: elementCount(dims) }, () => random.normal());
    return [input.name, new Tensor('float32', values, dims)] as const;
  });
  const options = { intraOpNumThreads: 1, logSeverityLevel: 4 } as const;
  const session = await InferenceSession.create(writeModel(model), options);
  try {
    return (await session.run(Object.fromEntries(inputs))) as Record<string, Tensor>;
  } finally {
    await session.release();
  }
}

/** The largest difference between two outputs, relative to the largest number in the first. */
export function relativeDifference(expected: Tensor, found: Tensor): number {
  if (expected.dims.join() !== found.dims.join()) return Infinity;
  const [a, b] = [expected.data as Float32Array, found.data as Float32Array];
  let [difference, largest] = [0, 1e-30];
  a.forEach((value, i) => {
    difference = Math.max(difference, Math.abs(value - (b[i] ?? NaN)));
    largest = Math.max(largest, Math.abs(value));
  });
  return difference / largest;
}
