import { must } from '#base/assert.ts';
import { attributeOf } from '#graph/attribute.ts';
import type { Node } from '#graph/model.ts';
import { NodeFacts, type Facts } from '#graph/shapes/facts.ts';
import type { TensorFlow, Value } from './tensor-flow.ts';

/** What an operator does, in operations of TensorFlow.js: one value for each of its outputs. */
export type Operator = (call: Call) => readonly Value[];

export type Operators = Readonly<Record<string, Operator | undefined>>;

interface CallParts {
  readonly node: Node;
  readonly inputs: readonly (Facts | null)[];
  readonly outputs: readonly (Facts | null)[];
  /** The value of this name: made when it is asked for, which most shapes and axes never are. */
  readonly valueOf: (name: string) => Value;
}

/** One node of a graph with the values that enter it. */
export class Call extends NodeFacts {
  readonly tf: TensorFlow;
  readonly #valueOf: CallParts['valueOf'];
  readonly #outputs: readonly (Facts | null)[];

  constructor(tf: TensorFlow, { node, inputs, outputs, valueOf }: CallParts) {
    super(node, inputs);
    this.tf = tf;
    this.#valueOf = valueOf;
    this.#outputs = outputs;
  }

  /** The values of the inputs that are given. */
  get values(): readonly Value[] {
    return this.node.inputs.filter((name) => name !== '').map(this.#valueOf);
  }

  /** The value that enters at this position. */
  x(position: number): Value {
    return this.maybe(position) ?? this.fail(`its input ${position + 1} is missing`);
  }

  /** The value that enters at this position; null where it is left away. */
  maybe(position: number): Value | null {
    const name = this.node.inputs[position] ?? '';
    return name === '' ? null : this.#valueOf(name);
  }

  /** Size of an output. */
  outDims(output = 0): number[] {
    const facts = must(this.#outputs[output], `${this.node.opType} has output ${output + 1}`);
    return facts.dims.map((dim) => (typeof dim === 'number' ? dim : this.fail('its size is not known')));
  }

  /** The one number of an input that is stored; the fallback where it is left away. */
  number(position: number, fallback: number): number {
    const facts = this.optional(position);
    if (facts === null) return fallback;
    const found = facts.scales?.[0] ?? facts.integers?.[0];
    return typeof found === 'number'
      ? found
      : this.fail(`its input ${position + 1} is computed while running`);
  }

  float(name: string, fallback: number): number {
    return attributeOf(this.node, name, 'float') ?? fallback;
  }

  text(name: string, fallback: string): string {
    return attributeOf(this.node, name, 'string') ?? fallback;
  }

  /** The axis in the attribute `axis`, counted from 0. */
  ownAxis(fallback: number): number {
    const { rank } = this.x(0);
    return this.axis(this.int('axis', fallback), rank);
  }
}
