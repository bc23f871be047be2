import type { Attribute, Node } from '../model.ts';
import { float32Tensor, int64Tensor, type NumericTensor } from '../tensor.ts';
import { inputOf } from './nodes.ts';
import { writeNumbers } from './numbers.ts';
import type { Rewriter } from './rewriter.ts';

/** Attributes that became inputs, with their positions. */
type Positions = Readonly<Record<string, number>>;

const reductions = [
  ...['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceProd', 'ReduceL1', 'ReduceL2'],
  ...['ReduceSumSquare', 'ReduceLogSum', 'ReduceLogSumExp'],
];

const positions: Readonly<Record<string, Positions | undefined>> = {
  ...Object.fromEntries(reductions.map((opType) => [opType, { axes: 1 }])),
  Squeeze: { axes: 1 },
  Unsqueeze: { axes: 1 },
  Split: { split: 1 },
  Slice: { starts: 1, ends: 2, axes: 3 },
  Pad: { pads: 1, value: 2 },
  Clip: { min: 1, max: 2 },
  Dropout: { ratio: 1 },
  TopK: { k: 1 },
  Upsample: { scales: 2 },
};

/** The node with its attributes that became inputs as such; the node itself when it has none. */
export function movedAttributes(node: Node, graph: Rewriter): Node {
  const moves = Object.entries(positions[node.opType] ?? {}).filter(([name]) => node.attributes.has(name));
  return moves.reduce((moved, [name, position]) => withInput(moved, graph, { name, position }), node);
}

function withInput(
  node: Node,
  graph: Rewriter,
  { name, position }: { name: string; position: number },
): Node {
  const attributes = new Map(node.attributes);
  const tensor = attributes.get(name);
  const stored = tensor === undefined ? null : tensorOf(tensor, node, graph);
  if (stored === null) return node;
  attributes.delete(name);
  const inputs = Array.from(
    { length: Math.max(node.inputs.length, position + 1) },
    (_, i) => node.inputs[i] ?? '',
  );
  inputs[position] = graph.store(stored, graph.unusedName(`${node.outputs[0] ?? node.opType}_${name}`));
  return { ...node, inputs, attributes };
}

/** Single real numbers have the type of what they limit or fill. */
function tensorOf(attribute: Attribute, node: Node, graph: Rewriter): NumericTensor | null {
  if (attribute.kind === 'ints') return int64Tensor([attribute.value.length], attribute.value);
  if (attribute.kind === 'int') return int64Tensor([1], [attribute.value]);
  if (attribute.kind === 'floats') return float32Tensor([attribute.value.length], attribute.value);
  if (attribute.kind !== 'float') return null;
  const type = graph.facts(inputOf(node, 0))?.type ?? 'float32';
  return writeNumbers({ type, dims: [], values: Float64Array.of(attribute.value) });
}
