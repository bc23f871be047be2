import { problem, ProblemError } from '#base/problem.ts';
import { dataTypes, rawSize } from './data-type.ts';
import { elementCount, type NumericTensor, type Tensor } from './tensor.ts';
import { toBigInt, toNumber, type WireInteger, type WireTensor } from './wire.ts';

const external = 1;

/** Reads one tensor, from raw data or from the typed lists that smaller tensors often come in. */
export function parseTensor(wire: WireTensor): Tensor {
  const type = dataTypes[wire.dataType];
  const dims = wire.dims.map(toNumber);
  if (wire.dataLocation === external) throw unsupported(externalData);
  if (type === undefined || type === 'undefined')
    throw unsupported(`It holds numbers of unknown type ${wire.dataType}.`);
  if (type === 'string') return { type, dims, strings: wire.stringData ?? [] };
  const raw = wire.rawData?.length ? wire.rawData : fromLists(wire, type);
  if (raw.length !== rawSize(type, elementCount(dims))) {
    throw new ProblemError(
      problem('damaged', '', 'A tensor in it has more or fewer numbers than its shape says.'),
    );
  }
  return { type, dims, raw };
}

const externalData =
  'It keeps its weights in a second file; save the model as a single file first (onnx.save, save_as_external_data=False).';

function unsupported(reason: string): ProblemError {
  return new ProblemError(problem('unsupported', '', reason));
}

function fromLists(wire: WireTensor, type: NumericTensor['type']): Uint8Array {
  if (wire.floatData?.length) return bytesOf(Float32Array.from(wire.floatData));
  if (wire.doubleData?.length) return bytesOf(Float64Array.from(wire.doubleData));
  if (wire.int64Data?.length) return bytesOf(BigInt64Array.from(wire.int64Data, toBigInt));
  if (wire.uint64Data?.length) return fromUint64s(wire.uint64Data, type);
  return fromInt32s(wire.int32Data ?? [], type);
}

function fromUint64s(values: readonly WireInteger[], type: NumericTensor['type']): Uint8Array {
  return bytesOf(
    type === 'uint32' ? Uint32Array.from(values, toNumber) : BigUint64Array.from(values, toBigInt),
  );
}

/** All types of up to 32 bits other than float32 and uint32 share one list; 16-bit floats lie there as bit patterns. */
function fromInt32s(values: readonly number[], type: NumericTensor['type']): Uint8Array {
  const width = rawSize(type, 1);
  if (width === 4) return bytesOf(Int32Array.from(values));
  return bytesOf(width === 2 ? Uint16Array.from(values) : Uint8Array.from(values));
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
