import type { Attribute, Graph } from './model.ts';
import { parseTensor } from './parse-tensor.ts';
import { states, toBigInt, type WireAttribute, type WireGraph } from './wire.ts';

/** Kinds of attributes by their code in `AttributeProto.AttributeType`; the codes after these stay opaque. */
export const attributeCodes = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  graph: 5,
  floats: 6,
  ints: 7,
  strings: 8,
  tensors: 9,
  graphs: 10,
} as const;

type Reader = (wire: WireAttribute, readGraph: (wire: WireGraph) => Graph) => Attribute | null;

const readers: Readonly<Record<number, Reader>> = {
  [attributeCodes.float]: ({ f }) => ({ kind: 'float', value: f ?? 0 }),
  [attributeCodes.int]: ({ i }) => ({ kind: 'int', value: i === undefined ? 0n : toBigInt(i) }),
  [attributeCodes.string]: ({ s }) => ({ kind: 'string', value: text(s) }),
  [attributeCodes.tensor]: ({ t }) => (t ? { kind: 'tensor', value: parseTensor(t) } : null),
  [attributeCodes.graph]: ({ g }, readGraph) => (g ? { kind: 'graph', value: readGraph(g) } : null),
  [attributeCodes.floats]: ({ floats = [] }) => ({ kind: 'floats', value: floats }),
  [attributeCodes.ints]: ({ ints = [] }) => ({ kind: 'ints', value: ints.map(toBigInt) }),
  [attributeCodes.strings]: ({ strings = [] }) => ({ kind: 'strings', value: strings.map(text) }),
  [attributeCodes.tensors]: ({ tensors = [] }) => ({ kind: 'tensors', value: tensors.map(parseTensor) }),
  [attributeCodes.graphs]: ({ graphs = [] }, readGraph) => ({ kind: 'graphs', value: graphs.map(readGraph) }),
};

/** Reads one attribute; the reader of graphs is passed in because graphs hold nodes that hold attributes. */
export function parseAttribute(wire: WireAttribute, readGraph: (wire: WireGraph) => Graph): Attribute {
  const code = wire.type === 0 ? guessCode(wire) : wire.type;
  return readers[code]?.(wire, readGraph) ?? { kind: 'other', code: wire.type, rest: wire.$unknowns ?? [] };
}

/** The first version of the format had no type field. */
function guessCode(wire: WireAttribute): number {
  if (states(wire, 'f')) return attributeCodes.float;
  if (states(wire, 'i')) return attributeCodes.int;
  if (states(wire, 's')) return attributeCodes.string;
  if (wire.t) return attributeCodes.tensor;
  if (wire.floats?.length) return attributeCodes.floats;
  return wire.ints?.length ? attributeCodes.ints : 0;
}

/** protobufjs hands over an empty byte field as an empty list, which TextDecoder refuses. */
function text(bytes: Uint8Array | undefined): string {
  return bytes?.length ? new TextDecoder('utf-8', { fatal: true }).decode(bytes) : '';
}
