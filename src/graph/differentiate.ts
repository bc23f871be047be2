import { assert, must } from '#base/assert.ts';
import { problem, ProblemError } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { ModelBuilder } from './builder.ts';
import { readsOf } from './cut.ts';
import { Ops, type Device } from './gradients/ops.ts';
import { Step } from './gradients/rule.ts';
import { gradientRules } from './gradients/rules.ts';
import type { Node } from './model.ts';

export interface DifferentiateRequest {
  /** A scalar. */
  readonly loss: string;
  /** The values with respect to which it is differentiated: inputs, stored numbers, or anything in between. */
  readonly of: readonly string[];
  /** Where the model will run; any provider unless said. */
  readonly device?: Device;
}

/**
 * Adds to a model what computes the gradient of a scalar with respect to some of its values, as ordinary operators
 * (reverse mode: Linnainmaa 1976; Griewank & Walther, Evaluating Derivatives, ch. 3). All sizes must be known in
 * numbers. Whole numbers, and yes or no, pass nothing back. Fails with the name of the operator where one on the way
 * has no rule.
 * @returns the names of the gradients, of the size of their values, in the order of `of`
 */
export function differentiate(
  builder: ModelBuilder,
  request: DifferentiateRequest,
): Result<readonly string[]> {
  const forward = builder.nodes.filter(isNeeded(builder.nodes, request.loss));
  const wanted = dependents(builder, forward, request.of);
  const way = forward.filter((node) => isOnTheWay(node, wanted));
  const closed = way.find((node) => !isPassable(builder, node));
  if (closed !== undefined) return err(noRule(closed));
  try {
    return ok(passAllBack(new Ops(builder, request.device), request, { way, wanted }));
  } catch (error) {
    if (error instanceof ProblemError) return err(error.problem);
    throw error;
  }
}

function passAllBack(
  ops: Ops,
  { loss, of }: DifferentiateRequest,
  { way, wanted }: { way: readonly Node[]; wanted: ReadonlySet<string> },
): readonly string[] {
  const sums = new Map([[loss, [ops.expand(ops.scalar(1), ops.dims(loss))]]]);
  for (const node of [...way].reverse()) passBack(node, { ops, wanted, sums });
  return of.map((value) => total(ops, sums, value) ?? zeros(ops, value));
}

interface Backward {
  readonly ops: Ops;
  readonly wanted: ReadonlySet<string>;
  /** For each value, what flows back to it from each of its readers. */
  readonly sums: Map<string, string[]>;
}

function passBack(node: Node, { ops, wanted, sums }: Backward): void {
  const gradients = node.outputs.map((output) => total(ops, sums, output));
  if (gradients.every((gradient) => gradient === null)) return;
  const inputs = node.inputs.map((name) => ops.builder.facts(name) ?? null);
  const rule = must(gradientRules[node.opType], `${node.opType} has a gradient rule`);
  const found = rule(new Step({ node, inputs, gradients, wanted }), ops);
  node.inputs.forEach((input, position) => {
    const gradient = found[position] ?? null;
    if (gradient === null || !wanted.has(input)) return;
    checkSize(ops, { node, input, gradient });
    sums.set(input, [...(sums.get(input) ?? []), gradient]);
  });
}

function checkSize(
  ops: Ops,
  { node, input, gradient }: { node: Node; input: string; gradient: string },
): void {
  const [expected, found] = [ops.dims(input).join(), ops.dims(gradient).join()];
  assert(expected === found, `the gradient of ${node.opType}'s ${input} is [${expected}], not [${found}]`);
}

/** The sum of what flows back to a value; null when nothing does. */
function total(ops: Ops, sums: Backward['sums'], value: string): string | null {
  const [first, ...others] = sums.get(value) ?? [];
  if (first === undefined) return null;
  const sum = others.reduce((all, gradient) => ops.add(all, gradient), first);
  sums.set(value, [sum]);
  return sum;
}

function zeros(ops: Ops, value: string): string {
  return ops.expand(ops.scalar(0), ops.dims(value));
}

/** The values that depend on the given ones through real numbers, and these themselves. */
function dependents(
  builder: ModelBuilder,
  nodes: readonly Node[],
  values: readonly string[],
): ReadonlySet<string> {
  const found = new Set(values);
  for (const node of nodes) {
    if (!readsOf(node).some((name) => found.has(name))) continue;
    for (const output of node.outputs) if (isReal(builder, output)) found.add(output);
  }
  return found;
}

/** What could not be followed counts as real: it must not be passed over in silence. */
function isReal(builder: ModelBuilder, value: string): boolean {
  const type = builder.facts(value)?.type ?? 'float32';
  return value !== '' && type.includes('float');
}

function isOnTheWay(node: Node, wanted: ReadonlySet<string>): boolean {
  return node.outputs.some((output) => wanted.has(output)) && readsOf(node).some((name) => wanted.has(name));
}

/** Rules are written for standard operators in single precision. */
function isPassable(builder: ModelBuilder, { opType, domain, outputs }: Node): boolean {
  const isSingle = outputs.every(
    (output) => !isReal(builder, output) || builder.facts(output)?.type === 'float32',
  );
  return domain === '' && isSingle && gradientRules[opType] !== undefined;
}

/** Whether a value is computed from a node. */
function isNeeded(nodes: readonly Node[], value: string): (node: Node) => boolean {
  const needed = new Set([value]);
  const found = new Set<Node>();
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    found.add(node);
    for (const name of readsOf(node)) needed.add(name);
  }
  return (node) => found.has(node);
}

function noRule(node: Node) {
  return problem(
    'unsupported',
    node.name || (node.outputs[0] ?? node.opType),
    `Its operator ${node.opType} can't be trained through; train only what comes after it, or the head.`,
  );
}
