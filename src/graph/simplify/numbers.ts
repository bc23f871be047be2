import type { DataType } from '../data-type.ts';
import { elementCount, rawTensor, type NumericTensor, type Tensor } from '../tensor.ts';

/** Stored numbers as a calculation takes them: every element a double, in row-major order. */
export interface Numbers {
  readonly type: DataType;
  readonly dims: readonly number[];
  readonly values: Float64Array;
}

const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  bool: Uint8Array,
} as const;

type Plain = keyof typeof arrays;

function isPlain(type: DataType): type is Plain {
  return type in arrays;
}

/** Null: a type that we don't calculate with, or integers too large for a double. */
export function readNumbers(tensor: Tensor): Numbers | null {
  const { type, dims } = tensor;
  if (tensor.type === 'string') return null;
  const buffer = Uint8Array.from(tensor.raw).buffer;
  if (isPlain(type)) return { type, dims, values: new Float64Array(new arrays[type](buffer)) };
  if (type !== 'int64') return null;
  const values = Float64Array.from(new BigInt64Array(buffer), Number);
  return values.every(Number.isSafeInteger) ? { type, dims, values } : null;
}

/** The tensor of these numbers, rounded to its type. Null: a type that we don't calculate with, or numbers outside it. */
export function writeNumbers({ type, dims, values }: Numbers): NumericTensor | null {
  if (values.length !== elementCount(dims)) return null;
  if (type === 'int64') {
    if (!values.every(Number.isSafeInteger)) return null;
    return rawTensor(type, dims, BigInt64Array.from(values, BigInt));
  }
  if (!isPlain(type)) return null;
  const written = new arrays[type](values);
  const isExact = type.startsWith('float') || written.every((value, i) => value === values[i]);
  return isExact ? rawTensor(type, dims, written) : null;
}
