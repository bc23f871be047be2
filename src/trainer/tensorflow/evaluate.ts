import { must } from '#base/assert.ts';
import { problem, ProblemError } from '#base/problem.ts';
import { readsOf } from '#graph/cut.ts';
import type { Node } from '#graph/model.ts';
import type { Facts } from '#graph/shapes/facts.ts';
import { int64Tensor, type Tensor } from '#graph/tensor.ts';
import { Call, type Operator } from './call.ts';
import { operators } from './operators.ts';
import { valueOf, type TensorFlow, type Value } from './tensor-flow.ts';

/** A graph of which all sizes are known in numbers, as a ModelBuilder holds it. */
export interface Program {
  /** Each after those whose values it reads. */
  readonly nodes: readonly Node[];
  facts(value: string): Facts | undefined;
  stored(value: string): Tensor | undefined;
}

export type Values = ReadonlyMap<string, Value>;

/**
 * A value of a graph, computed by TensorFlow.js. What is given is not computed, and nothing that the value does not
 * need. Throws a ProblemError where it needs an operator that is not known here.
 */
export function evaluate(
  tf: TensorFlow,
  program: Program,
  { wanted, given }: { wanted: string; given: Values },
): Value {
  const values = new Map(given);
  const factsOf = (name: string): Facts | null => program.facts(name) ?? null;
  const sourceOf = (name: string): Value => {
    const value = values.get(name) ?? valueOf(tf, knownTensor(program, name));
    values.set(name, value);
    return value;
  };
  for (const node of neededNodes(program, wanted, given)) {
    const inputs = node.inputs.map(factsOf);
    const call = new Call(tf, { node, inputs, outputs: node.outputs.map(factsOf), valueOf: sourceOf });
    const outputs = operatorOf(node)(call);
    node.outputs.forEach((name, position) => {
      const output = outputs[position];
      if (name !== '' && output !== undefined) values.set(name, output);
    });
  }
  return sourceOf(wanted);
}

function operatorOf({ opType, domain, name, outputs }: Node): Operator {
  const operator = domain === '' ? operators[opType] : undefined;
  if (operator !== undefined) return operator;
  const reason = `Its operator ${opType} is not known to the TensorFlow.js device; choose another device.`;
  throw new ProblemError(problem('unsupported', name || (outputs[0] ?? opType), reason));
}

/** A stored tensor, or the numbers of a shape that follow from sizes. */
function knownTensor(program: Program, name: string): Tensor {
  return program.stored(name) ?? must(knownIntegers(program.facts(name)), `the value ${name}`);
}

function knownIntegers(facts: Facts | undefined): Tensor | null {
  const { integers, dims = [] } = facts ?? {};
  if (facts?.type === 'bool' || !integers?.every((each) => typeof each === 'number')) return null;
  return int64Tensor(dims.map(Number), integers);
}

/** The nodes that a value is computed from, in their order. */
function neededNodes(program: Program, value: string, given: Values): readonly Node[] {
  const needed = new Set([value]);
  const isOpen = (name: string): boolean =>
    needed.has(name) && !given.has(name) && knownIntegers(program.facts(name)) === null;
  const found: Node[] = [];
  for (const node of [...program.nodes].reverse()) {
    if (!node.outputs.some(isOpen)) continue;
    found.push(node);
    for (const name of readsOf(node)) needed.add(name);
  }
  return found.reverse();
}
