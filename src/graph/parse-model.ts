import { problem, ProblemError, type Problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { dataTypes, type DataType } from './data-type.ts';
import type { Dimension, Graph, Model, Node, TensorType, ValueInfo } from './model.ts';
import { parseAttribute } from './parse-attribute.ts';
import { parseTensor } from './parse-tensor.ts';
import {
  decodeWire,
  states,
  toNumber,
  type WireDimension,
  type WireGraph,
  type WireNode,
  type WireValueInfo,
} from './wire.ts';

/**
 * Reads an ONNX file. Tensors are views into `bytes`, which must therefore not change afterwards.
 * @param subject names the file in a problem
 */
export function parseModel(bytes: Uint8Array, subject: string): Result<Model> {
  try {
    return ok(readModel(bytes));
  } catch (error) {
    if (error instanceof ProblemError) return err({ ...error.problem, subject });
    return err(notOnnx(subject));
  }
}

function readModel(bytes: Uint8Array): Model {
  const wire = decodeWire(bytes);
  if (!wire.graph || wire.opsetImport.length === 0) throw new ProblemError(notOnnx(''));
  return {
    irVersion: toNumber(wire.irVersion),
    opsets: new Map(wire.opsetImport.map(({ domain, version }) => [shortDomain(domain), toNumber(version)])),
    producer: wire.producerName,
    metadata: new Map(wire.metadataProps.map(({ key, value }) => [key, value])),
    graph: readGraph(wire.graph),
    rest: wire.$unknowns ?? [],
  };
}

function notOnnx(subject: string): Problem {
  return problem('bad-input', subject, 'This is not an ONNX model, or it is damaged; export it again.');
}

function readGraph(wire: WireGraph): Graph {
  return {
    name: wire.name,
    nodes: wire.node.map(readNode),
    initializers: new Map(wire.initializer.map((tensor) => [tensor.name ?? '', parseTensor(tensor)])),
    inputs: wire.input.map(readValueInfo),
    outputs: wire.output.map(readValueInfo),
    values: wire.valueInfo.map(readValueInfo),
    rest: wire.$unknowns ?? [],
  };
}

function readNode(wire: WireNode): Node {
  return {
    name: wire.name,
    opType: wire.opType,
    domain: shortDomain(wire.domain),
    inputs: wire.input,
    outputs: wire.output,
    attributes: new Map(wire.attribute.map((one) => [one.name, parseAttribute(one, readGraph)])),
    rest: wire.$unknowns ?? [],
  };
}

/** The standard operators have two names for their domain. */
function shortDomain(domain: string): string {
  return domain === 'ai.onnx' ? '' : domain;
}

function readValueInfo({ name, type }: WireValueInfo): ValueInfo {
  if (!type?.tensorType) return { name, type: { kind: 'other', rest: type?.$unknowns ?? [] } };
  const { elemType, shape } = type.tensorType;
  return { name, type: tensorTypeOf(elemType, shape?.dim ?? null) };
}

function tensorTypeOf(code: number, dims: readonly WireDimension[] | null): TensorType {
  const type: DataType = dataTypes[code] ?? 'undefined';
  return { kind: 'tensor', type, dims: dims === null ? null : dims.map(readDimension) };
}

function readDimension(dim: WireDimension): Dimension {
  if (dim.dimValue !== undefined && states(dim, 'dimValue')) return toNumber(dim.dimValue);
  return dim.dimParam ? dim.dimParam : null;
}
