import { dataTypeCode } from './data-type.ts';
import type {
  Attribute,
  AttributeKind,
  AttributeValues,
  Dimension,
  Graph,
  Model,
  Node,
  Rest,
  ValueInfo,
} from './model.ts';
import { attributeCodes } from './parse-attribute.ts';
import type { Tensor } from './tensor.ts';
import {
  encodeWire,
  toWireInteger,
  type WireAttribute,
  type WireDimension,
  type WireGraph,
  type WireNode,
  type WireTensor,
  type WireValueInfo,
} from './wire.ts';

/** The bytes of an ONNX file. */
export function writeModel(model: Model): Uint8Array {
  return encodeWire({
    irVersion: toWireInteger(model.irVersion),
    producerName: model.producer,
    graph: wireGraph(model.graph),
    opsetImport: [...model.opsets].map(([domain, version]) => ({ domain, version: toWireInteger(version) })),
    metadataProps: [...model.metadata].map(([key, value]) => ({ key, value })),
    ...unknowns(model.rest),
  });
}

function unknowns(rest: Rest): { $unknowns?: Rest } {
  return rest.length === 0 ? {} : { $unknowns: rest };
}

function wireGraph(graph: Graph): WireGraph {
  return {
    node: graph.nodes.map(wireNode),
    name: graph.name,
    initializer: [...graph.initializers].map(([name, tensor]) => ({ ...wireTensor(tensor), name })),
    input: graph.inputs.map(wireValueInfo),
    output: graph.outputs.map(wireValueInfo),
    valueInfo: graph.values.map(wireValueInfo),
    ...unknowns(graph.rest),
  };
}

function wireNode(node: Node): WireNode {
  return {
    input: node.inputs,
    output: node.outputs,
    name: node.name,
    opType: node.opType,
    domain: node.domain,
    attribute: [...node.attributes].map(([name, attribute]) => ({ name, ...wireAttribute(attribute) })),
    ...unknowns(node.rest),
  };
}

function wireAttribute(attribute: Attribute): Omit<WireAttribute, 'name'> {
  if (attribute.kind === 'other') return { type: attribute.code, ...unknowns(attribute.rest) };
  const write = attributeWriters[attribute.kind] as (value: unknown) => Partial<WireAttribute>;
  return { type: attributeCodes[attribute.kind], ...write(attribute.value) };
}

const attributeWriters: {
  readonly [Kind in AttributeKind]: (value: AttributeValues[Kind]) => Partial<WireAttribute>;
} = {
  float: (value) => ({ f: value }),
  int: (value) => ({ i: toWireInteger(value) }),
  string: (value) => ({ s: utf8(value) }),
  tensor: (value) => ({ t: wireTensor(value) }),
  graph: (value) => ({ g: wireGraph(value) }),
  floats: (value) => ({ floats: value }),
  ints: (value) => ({ ints: value.map(toWireInteger) }),
  strings: (value) => ({ strings: value.map(utf8) }),
  tensors: (value) => ({ tensors: value.map(wireTensor) }),
  graphs: (value) => ({ graphs: value.map(wireGraph) }),
};

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function wireTensor(tensor: Tensor): WireTensor {
  const common = { dims: tensor.dims.map(toWireInteger), dataType: dataTypeCode(tensor.type) };
  return tensor.type === 'string'
    ? { ...common, stringData: tensor.strings }
    : { ...common, rawData: tensor.raw };
}

function wireValueInfo({ name, type }: ValueInfo): WireValueInfo {
  if (type.kind === 'other') return { name, type: unknowns(type.rest) };
  const shape = type.dims === null ? {} : { shape: { dim: type.dims.map(wireDimension) } };
  return { name, type: { tensorType: { elemType: dataTypeCode(type.type), ...shape } } };
}

function wireDimension(dim: Dimension): WireDimension {
  if (typeof dim === 'number') return { dimValue: toWireInteger(dim) };
  return dim === null ? {} : { dimParam: dim };
}
