import type { Graph, Node } from '../model.ts';

/** Operators whose stored inputs are weights: what comes before the first of them prepares the image. */
const layers = new Set(['Conv', 'ConvTranspose', 'Gemm', 'MatMul']);

/** A stored tensor that can be trained. */
export interface Trainable {
  readonly name: string;
  /** How many layers lie between the input and what it is read by: 0 is the first layer's. */
  readonly layer: number;
}

/**
 * The weights of a network from input to output: the float32 tensors of at least one dimension that layers read, and
 * what reads what layers give. Constants that prepare the image, and scalars such as the bounds of Clip, are not.
 */
export function trainables(graph: Graph): readonly Trainable[] {
  /** Values that depend on a layer. */
  const reached = new Set<string>();
  const found = new Map<string, number>();
  let count = 0;
  for (const node of graph.nodes) {
    const isLayer = layers.has(node.opType) && storedInputs(graph, node).length > 0;
    const isAfter = node.inputs.some((name) => reached.has(name));
    if (!isLayer && !isAfter) continue;
    const layer = isLayer ? count++ : Math.max(0, count - 1);
    for (const name of storedInputs(graph, node)) if (!found.has(name)) found.set(name, layer);
    for (const name of node.outputs) reached.add(name);
  }
  return Array.from(found, ([name, layer]) => ({ name, layer }));
}

function storedInputs(graph: Graph, { inputs }: Node): readonly string[] {
  return inputs.filter((name) => {
    const tensor = graph.initializers.get(name);
    return tensor?.type === 'float32' && tensor.dims.length > 0;
  });
}
