import { assert, must } from '#base/assert.ts';
import type { DataType } from './data-type.ts';
import {
  feeds,
  opsetOf,
  type Attribute,
  type Dimension,
  type Model,
  type Node,
  type ValueInfo,
} from './model.ts';
import { renameInNode } from './rename-values.ts';
import type { Facts } from './shapes/facts.ts';
import { addFacts, inputFacts, sizedValue, tensorFacts, type Sizes } from './shapes/infer-types.ts';
import type { Tensor } from './tensor.ts';

type Attributes = Readonly<Record<string, Attribute>>;

/** An operator set that every runtime since 2022 has; enough for all we build. */
export const standardOpset = 17;

/** The oldest file version that goes with an operator set. */
function irVersionFor(opset: number): number {
  if (opset >= 21) return 10;
  return opset >= 19 ? 9 : 8;
}

/**
 * Builds a model node by node. Every method that adds a value returns its name, to be used as an input of later nodes.
 *
 *     const builder = new ModelBuilder('scale');
 *     const x = builder.input('x', 'float32', ['N', 4]);
 *     const half = builder.constant(float32Tensor([], [0.5]));
 *     builder.output('y', builder.node('Mul', [x, half]), { type: 'float32', dims: ['N', 4] });
 *     const bytes = writeModel(builder.build());
 */
export class ModelBuilder {
  readonly #name: string;
  readonly #opset: number;
  readonly #nodes: Node[] = [];
  readonly #initializers = new Map<string, Tensor>();
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];
  readonly #metadata = new Map<string, string>();
  /** Names of outputs by the value that gets this name when the model is built. */
  readonly #renames = new Map<string, string>();
  readonly #taken = new Set<string>();
  /** What is known of each value, as far as it could be followed. */
  readonly #facts = new Map<string, Facts>();

  /** A builder that goes on where a model ends: with its inputs, numbers and nodes, but without its outputs. */
  static of(model: Model, sizes: Sizes = {}): ModelBuilder {
    const builder = ModelBuilder.before(model, sizes);
    for (const node of model.graph.nodes) builder.append(node);
    return builder;
  }

  /** A builder with the inputs and numbers of a model, to which its nodes are still to be appended. */
  static before(model: Model, sizes: Sizes = {}): ModelBuilder {
    const { graph } = model;
    const builder = new ModelBuilder(graph.name, opsetOf(model));
    for (const [name, tensor] of graph.initializers) builder.constant(tensor, name);
    for (const input of feeds(graph)) builder.#addInput(input, sizes);
    return builder.metadata(Object.fromEntries(model.metadata));
  }

  /** Adds a node of another model as it is, with the names of its values. */
  append(node: Node): void {
    for (const name of node.outputs) if (name !== '') this.#take(name);
    this.#addNode(node);
  }

  constructor(name: string, opset: number = standardOpset) {
    this.#name = name;
    this.#opset = opset;
  }

  /** Declares an input. Text as a dimension is a size known only when running: `['N', 3, 48, 48]`. */
  input(name: string, type: DataType, dims: readonly Dimension[]): string {
    this.#addInput({ name, type: { kind: 'tensor', type, dims } }, {});
    return name;
  }

  /** Stores numbers in the model; they may be large. */
  constant(tensor: Tensor, name?: string): string {
    const taken = name === undefined ? this.#unusedName('constant') : this.#take(name);
    this.#initializers.set(taken, tensor);
    this.#facts.set(taken, tensorFacts(tensor));
    return taken;
  }

  /** The nodes so far, each after those whose values it reads. */
  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  /** What is known of a value's type and size; undefined when an operator on the way to it is not understood. */
  facts(value: string): Facts | undefined {
    return this.#facts.get(value);
  }

  /** The size of a value, which must be known in numbers. */
  dims(value: string): readonly number[] {
    const dims = must(this.#facts.get(value), `the size of ${value} is known`).dims;
    return dims.map((dim) => {
      assert(typeof dim === 'number', `the size of ${value}, [${dims.join(', ')}], is known in numbers`);
      return dim;
    });
  }

  /** The numbers of a stored value; undefined for one that is computed. */
  stored(value: string): Tensor | undefined {
    return this.#initializers.get(value);
  }

  /** Adds a node of one output. An empty name among the inputs leaves an optional input away. */
  node(opType: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const output = this.#unusedName(opType);
    this.#addStandardNode(opType, { inputs, outputs: [output], attributes });
    return output;
  }

  /** Adds a node of several outputs, such as Split or TopK. */
  nodeOf(
    opType: string,
    inputs: readonly string[],
    options: { readonly outputs: number; readonly attributes?: Attributes },
  ): readonly string[] {
    const outputs = Array.from({ length: options.outputs }, () => this.#unusedName(opType));
    this.#addStandardNode(opType, { inputs, outputs, attributes: options.attributes ?? {} });
    return outputs;
  }

  /** Makes a value an output of the model, under this name, which may be its own. */
  output(name: string, value: string, type: { type: DataType; dims: readonly Dimension[] }): this {
    this.#outputs.push({ name, type: { kind: 'tensor', ...type } });
    const isComputed = this.#nodes.some((node) => node.outputs.includes(value));
    if (isComputed && name === value) return this;
    const source = isComputed && !this.#renames.has(value) ? value : this.node('Identity', [value]);
    this.#renames.set(source, this.#take(name));
    return this;
  }

  /** Adds to the model's own description (`metadata_props`). */
  metadata(entries: Readonly<Record<string, string>>): this {
    for (const [key, value] of Object.entries(entries)) this.#metadata.set(key, value);
    return this;
  }

  build(): Model {
    assert(this.#outputs.length > 0, 'a model has an output');
    return {
      irVersion: irVersionFor(this.#opset),
      opsets: new Map([['', this.#opset]]),
      producer: 'emend',
      metadata: new Map(this.#metadata),
      graph: {
        name: this.#name,
        nodes: this.#nodes.map((node) => renameInNode(node, this.#renames)),
        initializers: new Map(this.#initializers),
        inputs: [...this.#inputs],
        outputs: [...this.#outputs],
        values: [],
        rest: [],
      },
      rest: [],
    };
  }

  #addStandardNode(
    opType: string,
    parts: { inputs: readonly string[]; outputs: readonly string[]; attributes: Attributes },
  ): void {
    this.#addNode({
      // Nodes that are appended keep their names, which must not meet others.
      name: '',
      opType,
      domain: '',
      inputs: [...parts.inputs],
      outputs: parts.outputs,
      attributes: new Map(Object.entries(parts.attributes)),
      rest: [],
    });
  }

  /** The names of the node's outputs are taken already. */
  #addNode(node: Node): void {
    const unknown = node.inputs.find((name) => name !== '' && !this.#taken.has(name));
    assert(unknown === undefined, `${node.opType} reads ${unknown}, which nothing before it makes`);
    this.#nodes.push(node);
    addFacts(this.#facts, node);
  }

  #addInput(input: ValueInfo, sizes: Sizes): void {
    const known = sizedValue(input, sizes);
    this.#inputs.push({ ...known, name: this.#take(input.name) });
    const facts = inputFacts(known);
    if (facts !== null) this.#facts.set(input.name, facts);
  }

  #unusedName(stem: string): string {
    let number = this.#taken.size;
    while (this.#taken.has(`${stem}_${number}`)) number++;
    return this.#take(`${stem}_${number}`);
  }

  #take(name: string): string {
    assert(!this.#taken.has(name), `the name ${name} is given once`);
    this.#taken.add(name);
    return name;
  }
}
