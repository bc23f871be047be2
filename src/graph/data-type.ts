/** Element types of ONNX tensors, at the position of their code in `TensorProto.DataType`. */
export const dataTypes = [
  'undefined',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8e4m3fn',
  'float8e4m3fnuz',
  'float8e5m2',
  'float8e5m2fnuz',
  'uint4',
  'int4',
  'float4e2m1',
] as const;

export type DataType = (typeof dataTypes)[number];

/** The code of a data type in an ONNX file, and in the `to` attribute of Cast. */
export function dataTypeCode(type: DataType): number {
  return dataTypes.indexOf(type);
}

const bytesPerElement: Readonly<Partial<Record<DataType, number>>> = {
  float32: 4,
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  int32: 4,
  int64: 8,
  bool: 1,
  float16: 2,
  float64: 8,
  uint32: 4,
  uint64: 8,
  complex64: 8,
  complex128: 16,
  bfloat16: 2,
};

/** Bytes that `count` elements take as raw data; two elements share a byte in the 4-bit types. */
export function rawSize(type: DataType, count: number): number {
  if (type === 'uint4' || type === 'int4' || type === 'float4e2m1') return Math.ceil(count / 2);
  return count * (bytesPerElement[type] ?? 1);
}
