import { must } from '#base/assert.ts';
import { int, ints } from '../attribute.ts';
import { dataTypeCode, type DataType } from '../data-type.ts';
import type { Attribute, Graph, Model, Node } from '../model.ts';
import { int64Vector, type Tensor } from '../tensor.ts';
import type { ValueFacts } from '../shapes/infer-types.ts';

/** The operators with which onnxruntime's CPU provider computes on blocks of channels. */
export const blockedDomain = 'com.microsoft.nchwc';

interface NodeParts {
  readonly opType: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

/**
 * A graph that is written anew while values may stand in two layouts: plain [N, C, H, W], and blocked, where each
 * pixel holds `block` channels side by side: [N, C / block, H, W, block] in memory, still called [N, C, H, W].
 * Whatever layout is asked for and missing is made once.
 */
export class Layouts {
  readonly block: number;
  readonly #facts: ValueFacts;
  readonly #nodes: Node[] = [];
  readonly #initializers: Map<string, Tensor>;
  readonly #plain: Set<string>;
  readonly #blocked = new Map<string, string>();

  constructor(graph: Graph, facts: ValueFacts, block: number) {
    this.block = block;
    this.#facts = facts;
    this.#initializers = new Map(graph.initializers);
    this.#plain = new Set([...graph.inputs.map(({ name }) => name), ...graph.initializers.keys(), '']);
  }

  /** Sizes of a value; empty where they are not known, as of a scalar. */
  dims(value: string): readonly number[] {
    const dims = this.#facts.get(value)?.dims ?? [];
    return dims.every((dim) => typeof dim === 'number') ? dims : [];
  }

  isTruth(value: string): boolean {
    return this.#facts.get(value)?.type === 'bool';
  }

  /** Numbers of a stored vector, such as axes; null where they are not known. */
  integers(value: string): readonly unknown[] | null {
    return this.#facts.get(value)?.integers ?? null;
  }

  isPlain(value: string): boolean {
    return this.#plain.has(value);
  }

  isBlocked(value: string): boolean {
    return this.#blocked.has(value);
  }

  /** The value in plain layout, under its own name. */
  plain(value: string): string {
    if (this.#plain.has(value)) return value;
    const blocked = must(this.#blocked.get(value), `${value} is there in some layout`);
    const channels = int(must(this.dims(value)[1], 'channels'));
    const reorder = { opType: 'ReorderOutput', domain: blockedDomain, attributes: { channels } };
    if (this.isTruth(value)) {
      // Only numbers can be laid out anew.
      const numbers = [`${value}_numbers_blocked`, `${value}_numbers`] as const;
      this.#push({ ...castTo('float32'), inputs: [blocked], output: numbers[0] });
      this.#push({ ...reorder, inputs: [numbers[0]], output: numbers[1] });
      this.#push({ ...castTo('bool'), inputs: [numbers[1]], output: value });
    } else {
      this.#push({ ...reorder, inputs: [blocked], output: value });
    }
    this.#plain.add(value);
    return value;
  }

  /** The value in blocked layout, under another name. */
  blocked(value: string): string {
    const known = this.#blocked.get(value);
    if (known !== undefined) return known;
    return this.addBlocked(value, {
      opType: 'ReorderInput',
      inputs: [this.plain(value)],
      domain: blockedDomain,
    });
  }

  /** The filters [M, 1, h, w] of a depthwise convolution with `block` of them side by side. */
  blockedFilters(value: string): string {
    const known = this.#blocked.get(value);
    if (known !== undefined) return known;
    const [count = 0, , height = 0, width = 0] = this.dims(value);
    const [split, turned] = [`${value}_split`, `${value}_turned`];
    const rows = this.vector([count / this.block, this.block, height * width]);
    this.#push({ opType: 'Reshape', inputs: [this.plain(value), rows], output: split });
    const attributes = { perm: ints([0, 2, 1]) };
    this.#push({ opType: 'Transpose', inputs: [split], output: turned, attributes });
    const shape = this.vector([count, 1, height, width]);
    return this.addBlocked(value, { opType: 'Reshape', inputs: [turned, shape] });
  }

  /** Adds a node that makes a value in blocked layout. */
  addBlocked(value: string, parts: Omit<NodeParts, 'output'>): string {
    const output = `${value}_blocked`;
    this.#push({ ...parts, output });
    this.#blocked.set(value, output);
    return output;
  }

  /** Adds a node that makes a value in plain layout. */
  addPlain(value: string, parts: Omit<NodeParts, 'output'>): void {
    this.#push({ ...parts, output: value });
    this.#plain.add(value);
  }

  /** Adds a node as it was, on plain values. */
  keep(node: Node): void {
    for (const input of node.inputs) this.plain(input);
    this.#nodes.push(node);
    for (const output of node.outputs) this.#plain.add(output);
  }

  vector(values: readonly number[]): string {
    const name = `blocked_vector_${values.join('_')}`;
    this.#initializers.set(name, int64Vector(...values));
    return name;
  }

  #push({ opType, inputs, output, domain = '', attributes = {} }: NodeParts): void {
    const named = new Map(Object.entries(attributes));
    this.#nodes.push({
      name: output,
      opType,
      domain,
      inputs,
      outputs: [output],
      attributes: named,
      rest: [],
    });
  }

  /** The model with the nodes added so far in place of its own. */
  finish(model: Model): Model {
    for (const { name } of model.graph.outputs) this.plain(name);
    return {
      ...model,
      opsets: new Map([...model.opsets, [blockedDomain, 1]]),
      graph: { ...model.graph, nodes: this.#nodes, initializers: this.#initializers },
    };
  }
}

function castTo(type: DataType): Pick<NodeParts, 'opType' | 'attributes'> {
  return { opType: 'Cast', attributes: { to: int(dataTypeCode(type)) } };
}
