import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { producers } from './cut.ts';
import { tensorType, type Graph, type Model, type Node, type ValueInfo } from './model.ts';

/** Names that exporters give to embeddings; TensorFlow appends an output number (`:0`). */
const embeddingName = /(^|[._/])(embeddings?|features?|feature_vector|image_embeds|pooler_output)(:\d+)?$/i;
const tokensName = /(^|[._/])last_hidden_state(:\d+)?$/i;

/** With a stored number these scale or shift; with two computed values they mix branches. */
const arithmetic = new Set(['Add', 'Mul', 'Div']);
/** Operators between the last linear layer and an output that do not change what that layer means. */
const transparent = new Set([
  ...arithmetic,
  ...['Softmax', 'LogSoftmax', 'Sigmoid', 'Identity', 'Cast', 'Dropout'],
  ...['Flatten', 'Reshape', 'Squeeze', 'Unsqueeze', 'QuantizeLinear', 'DequantizeLinear'],
]);
const pooling = new Set(['GlobalAveragePool', 'GlobalMaxPool', 'AveragePool', 'ReduceMean']);

/**
 * Chooses the value of a model that describes an image best for other tasks: an output named as an embedding, else
 * what enters the last linear layer before the logits, else the pooled features of a network without such a layer.
 * @param subject names the file in a problem
 */
export function findEmbedding(model: Model, subject: string): Result<string> {
  const { graph } = model;
  const named = graph.outputs.find((output) => embeddingName.test(output.name) && rank(output) !== 3);
  const tokens = graph.outputs.find((output) => tokensName.test(output.name));
  if (named ?? tokens) return ok((named ?? tokens)?.name ?? '');
  const found = firstOf(graph.outputs, (output) => beforeHead(graph, output.name));
  const flat = graph.outputs.find((output) => rank(output) === 2);
  const value = found ?? flat?.name;
  if (value !== undefined) return ok(value);
  const outputs = graph.outputs.map(({ name }) => name).join(', ');
  return err(
    problem(
      'unsupported',
      subject,
      `No embedding was found before its outputs (${outputs}); take a classification model, or name one output "embedding".`,
    ),
  );
}

function rank(value: ValueInfo): number | undefined {
  return tensorType(value)?.dims?.length;
}

function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Walks from an output towards the input until the linear layer or the pooling that tells where the embedding is. */
function beforeHead(graph: Graph, output: string): string | undefined {
  const madeBy = producers(graph);
  const constants = constantValues(graph);
  const dataInput = (node: Node): string | undefined => {
    const [first, second] = node.inputs.filter((name) => name !== '' && !constants.has(name));
    return second !== undefined && arithmetic.has(node.opType) ? undefined : first;
  };
  let value: string | undefined = output;
  while (value !== undefined) {
    const node = madeBy.get(value);
    if (node === undefined) return undefined;
    if (pooling.has(node.opType)) return output;
    if (isLinear(node, constants) || isPointwiseOfPooled(node, madeBy)) return dataInput(node);
    value = transparent.has(node.opType) ? dataInput(node) : undefined;
  }
  return undefined;
}

/** A matrix product with stored weights. */
function isLinear(node: Node, constants: ReadonlySet<string>): boolean {
  return (node.opType === 'Gemm' || node.opType === 'MatMul') && constants.has(node.inputs[1] ?? '');
}

/** A linear layer written as a 1 × 1 convolution after the pooling, as in MobileNets. */
function isPointwiseOfPooled(node: Node, madeBy: ReadonlyMap<string, Node>): boolean {
  if (node.opType !== 'Conv') return false;
  let source = madeBy.get(node.inputs[0] ?? '');
  while (source && transparent.has(source.opType)) source = madeBy.get(source.inputs[0] ?? '');
  return source !== undefined && pooling.has(source.opType);
}

/** Values that depend on no input: initializers, constants, and what is computed from them only. */
function constantValues(graph: Graph): ReadonlySet<string> {
  const constants = new Set(graph.initializers.keys());
  for (const node of graph.nodes) {
    if (node.inputs.every((name) => name === '' || constants.has(name))) {
      for (const name of node.outputs) constants.add(name);
    }
  }
  return constants;
}
