import protobuf from 'protobufjs/light.js';

// The part of onnx.proto3 (github.com/onnx/onnx, Apache-2.0) that `model.ts` has words for. What is missing here stays
// in `$unknowns` of its message, byte for byte: docs, model-local functions, training information, quantisation.

type Fields = Record<string, { type: string; id: number; rule?: 'repeated' }>;

const one = (type: string, id: number): Fields[string] => ({ type, id });
const many = (type: string, id: number): Fields[string] => ({ type, id, rule: 'repeated' });

const messages: Record<string, { fields: Fields }> = {
  StringPair: { fields: { key: one('string', 1), value: one('string', 2) } },
  OperatorSet: { fields: { domain: one('string', 1), version: one('int64', 2) } },
  Dimension: { fields: { dimValue: one('int64', 1), dimParam: one('string', 2) } },
  Shape: { fields: { dim: many('Dimension', 1) } },
  TensorType: { fields: { elemType: one('int32', 1), shape: one('Shape', 2) } },
  Type: { fields: { tensorType: one('TensorType', 1) } },
  ValueInfo: { fields: { name: one('string', 1), type: one('Type', 2) } },
  Tensor: {
    fields: {
      dims: many('int64', 1),
      dataType: one('int32', 2),
      floatData: many('float', 4),
      int32Data: many('int32', 5),
      stringData: many('bytes', 6),
      int64Data: many('int64', 7),
      name: one('string', 8),
      rawData: one('bytes', 9),
      doubleData: many('double', 10),
      uint64Data: many('uint64', 11),
      dataLocation: one('int32', 14),
    },
  },
  Attribute: {
    fields: {
      name: one('string', 1),
      f: one('float', 2),
      i: one('int64', 3),
      s: one('bytes', 4),
      t: one('Tensor', 5),
      g: one('Graph', 6),
      floats: many('float', 7),
      ints: many('int64', 8),
      strings: many('bytes', 9),
      tensors: many('Tensor', 10),
      graphs: many('Graph', 11),
      type: one('int32', 20),
    },
  },
  Node: {
    fields: {
      input: many('string', 1),
      output: many('string', 2),
      name: one('string', 3),
      opType: one('string', 4),
      attribute: many('Attribute', 5),
      domain: one('string', 7),
    },
  },
  Graph: {
    fields: {
      node: many('Node', 1),
      name: one('string', 2),
      initializer: many('Tensor', 5),
      input: many('ValueInfo', 11),
      output: many('ValueInfo', 12),
      valueInfo: many('ValueInfo', 13),
    },
  },
  Model: {
    fields: {
      irVersion: one('int64', 1),
      producerName: one('string', 2),
      graph: one('Graph', 7),
      opsetImport: many('OperatorSet', 8),
      metadataProps: many('StringPair', 14),
    },
  },
};

/** A 64-bit integer as protobufjs hands it over and takes it: two signed 32-bit halves. */
export interface WireInteger {
  readonly low: number;
  readonly high: number;
}

interface Unknowns {
  $unknowns?: readonly Uint8Array[];
}

export interface WireDimension extends Unknowns {
  dimValue?: WireInteger;
  dimParam?: string;
}

export interface WireType extends Unknowns {
  tensorType?: { elemType: number; shape?: { dim: readonly WireDimension[] } | null } | null;
}

export interface WireValueInfo extends Unknowns {
  name: string;
  type?: WireType | null;
}

export interface WireTensor extends Unknowns {
  dims: readonly WireInteger[];
  dataType: number;
  name?: string;
  rawData?: Uint8Array;
  stringData?: readonly Uint8Array[];
  floatData?: readonly number[];
  int32Data?: readonly number[];
  int64Data?: readonly WireInteger[];
  doubleData?: readonly number[];
  uint64Data?: readonly WireInteger[];
  dataLocation?: number;
}

export interface WireAttribute extends Unknowns {
  name: string;
  type: number;
  f?: number;
  i?: WireInteger;
  s?: Uint8Array;
  t?: WireTensor | null;
  g?: WireGraph | null;
  floats?: readonly number[];
  ints?: readonly WireInteger[];
  strings?: readonly Uint8Array[];
  tensors?: readonly WireTensor[];
  graphs?: readonly WireGraph[];
}

export interface WireNode extends Unknowns {
  input: readonly string[];
  output: readonly string[];
  name: string;
  opType: string;
  domain: string;
  attribute: readonly WireAttribute[];
}

export interface WireGraph extends Unknowns {
  node: readonly WireNode[];
  name: string;
  initializer: readonly WireTensor[];
  input: readonly WireValueInfo[];
  output: readonly WireValueInfo[];
  valueInfo: readonly WireValueInfo[];
}

export interface WireModel extends Unknowns {
  irVersion: WireInteger;
  producerName: string;
  opsetImport: readonly { domain: string; version: WireInteger }[];
  metadataProps: readonly { key: string; value: string }[];
  graph?: WireGraph | null;
}

const modelType = protobuf.Root.fromJSON({ nested: messages }).lookupType('Model');

/** Reads the messages of an ONNX file. Byte fields are views into `bytes`. Throws when these are no such messages. */
export function decodeWire(bytes: Uint8Array): WireModel {
  const reader = protobuf.Reader.create(bytes);
  reader.discardUnknown = false;
  return modelType.decode(reader) as unknown as WireModel;
}

export function encodeWire(model: WireModel): Uint8Array {
  return modelType.encode(model as unknown as protobuf.Message).finish();
}

/** Whether a message states a field, as opposed to leaving it to its default. */
export function states<Message extends object>(message: Message, field: keyof Message): boolean {
  return Object.hasOwn(message, field);
}

export function toBigInt(value: WireInteger): bigint {
  return (BigInt(value.high) << 32n) | BigInt(value.low >>> 0);
}

/** For sizes and versions, which stay far below 2^53. */
export function toNumber(value: WireInteger): number {
  return Number(toBigInt(value));
}

export function toWireInteger(value: bigint | number): WireInteger {
  const exact = BigInt(value);
  return { low: Number(BigInt.asIntN(32, exact)), high: Number(BigInt.asIntN(32, exact >> 32n)) };
}
