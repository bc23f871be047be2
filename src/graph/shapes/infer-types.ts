import { ProblemError } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { constantTensor } from '../constant-tensor.ts';
import { tensorType, type Graph, type Model, type Node, type ValueInfo } from '../model.ts';
import { elementCount, readFloat32, readIntegers, type Tensor } from '../tensor.ts';
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
    const known = inputFacts(sizedValue(input, sizes));
    if (known !== null) facts.set(input.name, known);
  }
  for (const [name, tensor] of graph.initializers) facts.set(name, tensorFacts(tensor));
  return facts;
}

/** The value with numbers in place of the names of sizes. */
export function sizedValue(input: ValueInfo, sizes: Sizes): ValueInfo {
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
  if (dims.length > 1 || elementCount(dims) > longestShape) return { type, dims };
  if (type === 'int64' || type === 'int32') return { type, dims, integers: readIntegers(tensor).map(Number) };
  if (type === 'bool') return { type, dims, integers: [...tensor.raw] };
  return type === 'float32' ? { type, dims, scales: [...readFloat32(tensor)] } : { type, dims };
}

/** Adds what is known of a node's outputs to the facts; throws a ProblemError where its inputs don't fit. */
export function addFacts(facts: Map<string, Facts>, node: Node): void {
  const found = factsOf(facts, node);
  node.outputs.forEach((name, position) => {
    const output = found[position];
    if (name !== '' && output !== undefined) facts.set(name, output);
  });
}

/** What a node makes of what is known of its inputs; empty where it can't be followed. */
export function factsOf(facts: ValueFacts, node: Node): readonly Facts[] {
  if (node.domain !== '') return [];
  const constant = constantTensor(node);
  if (constant !== null) return [tensorFacts(constant)];
  const rule = shapeRules[node.opType];
  const isKnown = node.inputs.every((name) => name === '' || facts.has(name));
  return rule === undefined || !isKnown ? [] : rule(nodeFacts(facts, node));
}

/** A node with what is known of its inputs. */
export function nodeFacts(facts: ValueFacts, node: Node): NodeFacts {
  return new NodeFacts(
    node,
    node.inputs.map((name) => facts.get(name) ?? null),
  );
}
