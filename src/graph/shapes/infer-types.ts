import { ProblemError } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { attributeOf } from '../attribute.ts';
import { tensorType, type Graph, type Model, type Node, type ValueInfo } from '../model.ts';
import { elementCount, readIntegers, type Tensor } from '../tensor.ts';
import { NodeFacts, type Facts } from './facts.ts';
import { shapeRules } from './rules.ts';

/** Facts by the name of the value; a value that is not there could not be followed. */
export type ValueFacts = ReadonlyMap<string, Facts>;

/** Shapes and axes are at most this long; longer integer tensors are data. */
const longestShape = 64;

/** Numbers for names of dimensions, such as `{ N: 32 }`. */
export type Sizes = Readonly<Record<string, number>>;

/**
 * Types and shapes of the values of a model, sizes that are only named (the batch) staying names. What an unknown
 * operator makes, and what is made of it, is left out.
 */
export function inferTypes({ graph }: Model, sizes: Sizes = {}): Result<ValueFacts> {
  try {
    const facts = sourceFacts(graph, sizes);
    for (const node of graph.nodes) addFacts(facts, node);
    return ok(facts);
  } catch (error) {
    if (error instanceof ProblemError) return err(error.problem);
    throw error;
  }
}

/** What is known of inputs and stored numbers. */
function sourceFacts(graph: Graph, sizes: Sizes): Map<string, Facts> {
  const facts = new Map<string, Facts>();
  for (const input of graph.inputs) {
    const known = inputFacts(sizedInput(input, sizes));
    if (known !== null) facts.set(input.name, known);
  }
  for (const [name, tensor] of graph.initializers) facts.set(name, tensorFacts(tensor));
  return facts;
}

/** The input with numbers in place of the names of sizes. */
export function sizedInput(input: ValueInfo, sizes: Sizes): ValueInfo {
  const type = tensorType(input);
  if (type === null || type.dims === null) return input;
  const dims = type.dims.map((dim) => (typeof dim === 'string' ? (sizes[dim] ?? dim) : dim));
  return { ...input, type: { ...type, dims } };
}

/** What an input declares of itself; null when it does not say its rank. */
export function inputFacts(input: ValueInfo): Facts | null {
  const type = tensorType(input);
  return type === null || type.dims === null ? null : { type: type.type, dims: type.dims };
}

/** What is known of a stored tensor. */
export function tensorFacts(tensor: Tensor): Facts {
  const { type, dims } = tensor;
  const isShape = (type === 'int64' || type === 'int32') && dims.length <= 1;
  if (!isShape || elementCount(dims) > longestShape) return { type, dims };
  return { type, dims, integers: readIntegers(tensor).map(Number) };
}

/** Adds what is known of a node's outputs to the facts; throws a ProblemError where its inputs don't fit. */
export function addFacts(facts: Map<string, Facts>, node: Node): void {
  const found = node.opType === 'Constant' ? constantFacts(node) : factsOf(facts, node);
  node.outputs.forEach((name, position) => {
    const output = found[position];
    if (name !== '' && output !== undefined) facts.set(name, output);
  });
}

function constantFacts(node: Node): readonly Facts[] {
  const value = attributeOf(node, 'value', 'tensor');
  return value === undefined ? [] : [tensorFacts(value)];
}

function factsOf(facts: ValueFacts, node: Node): readonly Facts[] {
  const rule = node.domain === '' ? shapeRules[node.opType] : undefined;
  const isKnown = node.inputs.every((name) => name === '' || facts.has(name));
  if (rule === undefined || !isKnown) return [];
  return rule(
    new NodeFacts(
      node,
      node.inputs.map((name) => facts.get(name) ?? null),
    ),
  );
}
