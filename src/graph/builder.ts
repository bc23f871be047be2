import { assert } from '#base/assert.ts';
import type { DataType } from './data-type.ts';
import type { Attribute, Dimension, Model, Node, ValueInfo } from './model.ts';
import { renameInNode } from './rename-values.ts';
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

  constructor(name: string, opset: number = standardOpset) {
    this.#name = name;
    this.#opset = opset;
  }

  /** Declares an input. Text as a dimension is a size known only when running: `['N', 3, 48, 48]`. */
  input(name: string, type: DataType, dims: readonly Dimension[]): string {
    this.#inputs.push({ name: this.#take(name), type: { kind: 'tensor', type, dims } });
    return name;
  }

  /** Stores numbers in the model; they may be large. */
  constant(tensor: Tensor, name?: string): string {
    const taken = name === undefined ? this.#unusedName('constant') : this.#take(name);
    this.#initializers.set(taken, tensor);
    return taken;
  }

  /** Adds a node of one output. An empty name among the inputs leaves an optional input away. */
  node(opType: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const output = this.#unusedName(opType);
    this.#addNode(opType, { inputs, outputs: [output], attributes });
    return output;
  }

  /** Adds a node of several outputs, such as Split or TopK. */
  nodeOf(
    opType: string,
    inputs: readonly string[],
    options: { readonly outputs: number; readonly attributes?: Attributes },
  ): readonly string[] {
    const outputs = Array.from({ length: options.outputs }, () => this.#unusedName(opType));
    this.#addNode(opType, { inputs, outputs, attributes: options.attributes ?? {} });
    return outputs;
  }

  /** Makes a value an output of the model, under this name. */
  output(name: string, value: string, type: { type: DataType; dims: readonly Dimension[] }): this {
    const isComputed = this.#nodes.some((node) => node.outputs.includes(value));
    const source = isComputed && !this.#renames.has(value) ? value : this.node('Identity', [value]);
    this.#renames.set(source, this.#take(name));
    this.#outputs.push({ name, type: { kind: 'tensor', ...type } });
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

  #addNode(
    opType: string,
    parts: { inputs: readonly string[]; outputs: readonly string[]; attributes: Attributes },
  ): void {
    const unknown = parts.inputs.find((name) => name !== '' && !this.#taken.has(name));
    assert(unknown === undefined, `${opType} reads ${unknown}, which nothing before it makes`);
    this.#nodes.push({
      name: parts.outputs[0] ?? '',
      opType,
      domain: '',
      inputs: [...parts.inputs],
      outputs: parts.outputs,
      attributes: new Map(Object.entries(parts.attributes)),
      rest: [],
    });
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
