import { InferenceSession, Tensor } from 'onnxruntime-node';
import { must } from '../../src/base/assert.ts';
import type { DataType } from '../../src/graph/data-type.ts';
import type { Model } from '../../src/graph/model.ts';
import { writeModel } from '../../src/graph/write-model.ts';
import type { Feeds } from './reference/evaluate.ts';
import type { Value } from './reference/value.ts';

/** What onnxruntime's CPU provider makes of a model, node for node. */
export async function runOnnx(model: Model, feeds: Feeds): Promise<ReadonlyMap<string, Value>> {
  const session = await InferenceSession.create(writeModel(model), {
    graphOptimizationLevel: 'disabled',
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  try {
    const tensors = Object.entries(feeds).map(([name, value]) => [name, toTensor(value)] as const);
    const outputs = await session.run(Object.fromEntries(tensors));
    return new Map(Object.entries(outputs).map(([name, tensor]) => [name, fromTensor(tensor)]));
  } finally {
    await session.release();
  }
}

function toTensor({ type, dims, data }: Value): Tensor {
  if (type === 'int64') return new Tensor('int64', BigInt64Array.from([...data].map(BigInt)), dims);
  if (type === 'bool') return new Tensor('bool', Uint8Array.from(data), dims);
  if (type === 'uint8') return new Tensor('uint8', Uint8Array.from(data), dims);
  return new Tensor('float32', Float32Array.from(data), dims);
}

function fromTensor({ type, dims, data }: Tensor): Value {
  const numbers = Array.from(data as ArrayLike<number | bigint | boolean>, Number);
  return { type: must(typeNames[type], type), dims, data: Float64Array.from(numbers) };
}

const typeNames: Readonly<Record<string, DataType>> = { float32: 'float32', int64: 'int64', bool: 'bool' };
