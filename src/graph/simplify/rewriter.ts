import { cut, readsOf } from '../cut.ts';
import type { Model, Node } from '../model.ts';
import { renameInNode } from '../rename-values.ts';
import type { NodeFacts, Facts } from '../shapes/facts.ts';
import { factsOf, inputFacts, nodeFacts, tensorFacts } from '../shapes/infer-types.ts';
import type { Tensor } from '../tensor.ts';
import { namesOf } from '../value-names.ts';

/** What a pass puts in the place of a node: other nodes, none, or null to keep it as it is. */
export type Rule = (node: Node, graph: Rewriter) => readonly Node[] | null;

/**
 * The model with a rule applied to each of its nodes, in their order. What nothing reads any more goes. The same
 * object comes back when the rule changed nothing. Throws a ProblemError where sizes in the model don't fit.
 */
export function rewrite(model: Model, rule: Rule): Model {
  const graph = new Rewriter(model);
  for (const node of model.graph.nodes) graph.visit(node, rule);
  return graph.finish();
}

/** A model while it is rewritten: what a rule can ask about values, and add to them. */
export class Rewriter {
  readonly #model: Model;
  readonly #nodes: Node[] = [];
  readonly #initializers: Map<string, Tensor>;
  readonly #facts = new Map<string, Facts>();
  /** The node that makes a value, among those before the one that is visited. */
  readonly #makers = new Map<string, Node>();
  readonly #readers: ReadonlyMap<string, number>;
  readonly #outputs: ReadonlySet<string>;
  readonly #taken: Set<string>;
  /** Values that later nodes read in place of others. */
  readonly #standIns = new Map<string, string>();
  /** Values that get the name of the output they stand for, by their own. */
  readonly #renames = new Map<string, string>();
  #isChanged = false;

  constructor(model: Model) {
    const { graph } = model;
    this.#model = model;
    this.#initializers = new Map(graph.initializers);
    this.#outputs = new Set(graph.outputs.map(({ name }) => name));
    this.#taken = new Set(namesOf(graph));
    this.#readers = countReaders(model);
    for (const input of graph.inputs) this.#setFacts(input.name, inputFacts(input));
    for (const [name, tensor] of graph.initializers) this.#setFacts(name, tensorFacts(tensor));
  }

  /** What is known of a value; undefined when an operator on the way to it is not understood. */
  facts(value: string): Facts | undefined {
    return this.#facts.get(value);
  }

  /** A node with the facts of its inputs; null where one is not known. */
  nodeFacts(node: Node): NodeFacts | null {
    const isKnown = node.inputs.every((name) => name === '' || this.#facts.has(name));
    return isKnown ? nodeFacts(this.#facts, node) : null;
  }

  /** What is known of the outputs of the visited node. */
  outputFacts(node: Node): readonly Facts[] {
    return factsOf(this.#facts, node);
  }

  /** The numbers of a stored value; undefined for one that is computed. */
  stored(value: string): Tensor | undefined {
    return this.#initializers.get(value);
  }

  maker(value: string): Node | undefined {
    return this.#makers.get(value);
  }

  isOutput(value: string): boolean {
    return this.#outputs.has(value);
  }

  /** How many inputs of nodes and outputs of the model are this value, as the model was before the pass. */
  readers(value: string): number {
    return this.#readers.get(value) ?? 0;
  }

  /** A name that no value has yet. */
  unusedName(stem: string): string {
    let name = stem;
    for (let number = 1; this.#taken.has(name); number++) name = `${stem}_${number}`;
    this.#taken.add(name);
    return name;
  }

  /** Stores numbers under an unused name, or in place of a value that is no longer computed. */
  store(tensor: Tensor, name: string): string {
    this.#initializers.set(name, tensor);
    this.#setFacts(name, tensorFacts(tensor));
    return name;
  }

  /**
   * Lets a value before it stand for an output of the visited node, which may then go. False where that can't be:
   * two outputs of the model, or an input and an output, are two values.
   */
  replace(value: string, standIn: string): boolean {
    if (this.#outputs.has(value)) {
      const isFree = this.#makers.has(standIn) && !this.#outputs.has(standIn) && !this.#renames.has(standIn);
      if (!isFree) return false;
      this.#renames.set(standIn, value);
    }
    this.#standIns.set(value, standIn);
    return true;
  }

  visit(original: Node, rule: Rule): void {
    const isMoved = readsOf(original).some((name) => this.#standIns.has(name));
    const node = isMoved ? renameInNode(original, this.#standIns) : original;
    const replacement = rule(node, this);
    if (isMoved || replacement !== null) this.#isChanged = true;
    for (const each of replacement ?? [node]) this.#add(each);
  }

  finish(): Model {
    if (!this.#isChanged) return this.#model;
    const { graph } = this.#model;
    const nodes = this.#nodes.map((node) => renameInNode(node, this.#renames));
    const model = { ...this.#model, graph: { ...graph, nodes, initializers: this.#initializers } };
    return withoutUnread(model);
  }

  #add(node: Node): void {
    this.#nodes.push(node);
    for (const name of node.outputs) this.#makers.set(name, node);
    const found = this.outputFacts(node);
    node.outputs.forEach((name, position) => this.#setFacts(name, found[position] ?? null));
  }

  #setFacts(name: string, facts: Facts | null): void {
    if (facts !== null && name !== '') this.#facts.set(name, facts);
  }
}

function countReaders({ graph }: Model): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const read = [...graph.nodes.flatMap(readsOf), ...graph.outputs.map(({ name }) => name)];
  for (const name of read) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** The model without nodes and stored numbers that lead to none of its outputs. Its inputs stay. */
export function withoutUnread(model: Model): Model {
  const { inputs, outputs } = model.graph;
  const needed = cut(
    model,
    outputs.map(({ name }) => name),
  );
  return { ...needed, graph: { ...needed.graph, inputs } };
}
