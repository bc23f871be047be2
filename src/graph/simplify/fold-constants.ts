import { subgraphs } from '../attribute.ts';
import { constantTensor } from '../constant-tensor.ts';
import type { Model, Node } from '../model.ts';
import type { Facts } from '../shapes/facts.ts';
import { elementCount, type NumericTensor, type Tensor } from '../tensor.ts';
import { evaluators } from './evaluate/evaluators.ts';
import { outputOf } from './nodes.ts';
import { writeNumbers } from './numbers.ts';
import { reshapeTo } from './reshape-to.ts';
import { rewrite, type Rewriter } from './rewriter.ts';

/**
 * Computes what depends on stored numbers and known sizes only: Constant nodes, arithmetic on weights, and the chains
 * of Shape, Gather and Concat with which exporters make the shape for a Reshape. Where the batch is only a name, such
 * a shape becomes 0 (as before) or −1 (what is left) in its place.
 */
export function foldConstants(model: Model): Model {
  return rewrite(model, (node, graph) => {
    const [output = ''] = node.outputs;
    if (node.domain !== '' || subgraphs(node).length > 0) return null;
    if (node.outputs.length > 1 || graph.isOutput(output)) return null;
    const tensor = constantTensor(node) ?? computed(node, graph);
    if (tensor === null) return reshapeToKnown(node, graph);
    graph.store(tensor, output);
    return [];
  });
}

/** The output of a node, where it is known before running. */
function computed(node: Node, graph: Rewriter): Tensor | null {
  const [facts] = graph.outputFacts(node);
  const dims = facts?.dims.filter((dim) => typeof dim === 'number');
  if (facts === undefined || dims?.length !== facts.dims.length) return null;
  return evaluated(node, graph, { ...facts, dims }) ?? knownIntegers({ ...facts, dims });
}

type SizedFacts = Facts & { readonly dims: readonly number[] };

function evaluated(node: Node, graph: Rewriter, { type, dims }: SizedFacts): Tensor | null {
  const evaluate = evaluators[node.opType];
  const facts = graph.nodeFacts(node);
  const stored = node.inputs.map((name) => graph.stored(name));
  const inputs = stored.filter(
    (tensor): tensor is NumericTensor => tensor !== undefined && isNumeric(tensor),
  );
  if (evaluate === undefined || facts === null || inputs.length < stored.length) return null;
  return isLarger(inputs, { type, dims }) ? null : evaluate({ node: facts, inputs, type, dims });
}

/** Elements of the largest tables of indices that are computed from less. */
const largestTable = 1 << 16;

/** A class token that is repeated for each image stays one token, which can be trained. */
function isLarger(inputs: readonly NumericTensor[], { type, dims }: SizedFacts): boolean {
  const count = elementCount(dims);
  const given = inputs.reduce((sum, input) => sum + elementCount(input.dims), 0);
  return count > given && (type.startsWith('float') || count > largestTable);
}

const halfBytes = new Set<string>(['uint4', 'int4', 'float4e2m1']);

/** Of the types in a tensor, texts and those of half a byte are not computed with. */
function isNumeric(tensor: Tensor): tensor is NumericTensor {
  return tensor.type !== 'string' && !halfBytes.has(tensor.type);
}

/** A tensor of known whole numbers: a shape, or what was computed from one. */
function knownIntegers({ type, dims, integers }: SizedFacts): Tensor | null {
  const values = integers?.filter((value) => typeof value === 'number');
  if (values === undefined || values.length !== integers?.length) return null;
  return writeNumbers({ type, dims, values: Float64Array.from(values) });
}

/** A Reshape whose target is computed gets a stored one that says the same. */
function reshapeToKnown(node: Node, graph: Rewriter): readonly Node[] | null {
  const [input = '', target = ''] = node.inputs;
  if (node.opType !== 'Reshape' || graph.stored(target) !== undefined) return null;
  const reshape = reshapeTo(graph, {
    input,
    output: outputOf(node),
    dims: graph.outputFacts(node)[0]?.dims,
  });
  return reshape === null ? null : [reshape];
}
