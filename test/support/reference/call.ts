import { assert, must } from '../../../src/base/assert.ts';
import { attributeOf } from '../../../src/graph/attribute.ts';
import type { Node } from '../../../src/graph/model.ts';
import type { Value } from './value.ts';

/** What an operator does: one value for each of its outputs. */
export type Operator = (call: Call) => readonly Value[];

export type Operators = Readonly<Record<string, Operator>>;

/** One node with the values that enter it. */
export class Call {
  readonly node: Node;
  readonly #inputs: readonly (Value | null)[];

  constructor(node: Node, inputs: readonly (Value | null)[]) {
    this.node = node;
    this.#inputs = inputs;
  }

  /** The inputs that are given. */
  get inputs(): readonly Value[] {
    return this.#inputs.filter((input) => input !== null);
  }

  input(position: number): Value {
    return must(this.#inputs[position], `${this.node.opType} has input ${position}`);
  }

  optional(position: number): Value | null {
    return this.#inputs[position] ?? null;
  }

  /** The one number of a scalar input, or a fallback where it is left away. */
  scalar(position: number, fallback: number): number {
    const value = this.optional(position);
    if (value === null) return fallback;
    assert(value.data.length === 1, `input ${position} of ${this.node.opType} is one number`);
    return value.data[0] ?? fallback;
  }

  /** The numbers of a vector input; undefined where it is left away. */
  numbers(position: number): readonly number[] | undefined {
    const value = this.optional(position);
    return value === null ? undefined : [...value.data];
  }

  int(name: string, fallback: number): number {
    return Number(attributeOf(this.node, name, 'int') ?? fallback);
  }

  ints(name: string): readonly number[] | undefined {
    return attributeOf(this.node, name, 'ints')?.map(Number);
  }

  float(name: string, fallback: number): number {
    return attributeOf(this.node, name, 'float') ?? fallback;
  }

  text(name: string, fallback: string): string {
    return attributeOf(this.node, name, 'string') ?? fallback;
  }

  /** Axes as the second input or, in older operator sets, as an attribute; positions from 0. */
  axes(rank: number): readonly number[] | undefined {
    const stated = this.numbers(1) ?? this.ints('axes');
    return stated?.map((axis) => fromStart(axis, rank));
  }

  axis(fallback: number, rank: number): number {
    return fromStart(this.int('axis', fallback), rank);
  }
}

/** A position from 0; negative ones count from the end. */
export function fromStart(position: number, size: number): number {
  return position < 0 ? position + size : position;
}
