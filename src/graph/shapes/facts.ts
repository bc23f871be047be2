import { must } from '#base/assert.ts';
import { problem, ProblemError } from '#base/problem.ts';
import { attributeOf } from '../attribute.ts';
import type { DataType } from '../data-type.ts';
import type { Dimension, Node } from '../model.ts';

/** What is known of a value before the model runs. */
export interface Facts {
  readonly type: DataType;
  readonly dims: readonly Dimension[];
  /** The whole numbers in a tensor of rank 0 or 1, such as a shape or axes, where they are known; truth is 0 or 1. */
  readonly integers?: readonly Dimension[];
  /** The numbers of a stored float32 tensor of rank 0 or 1, such as the scales of a Resize. */
  readonly scales?: readonly number[];
}

/** What a node does to types and shapes: one entry for each of its outputs. Throws a ProblemError where inputs don't fit. */
export type ShapeRule = (node: NodeFacts) => readonly Facts[];

/** A node together with the facts of its inputs, of which every one that is given is known. */
export class NodeFacts {
  readonly node: Node;
  readonly #inputs: readonly (Facts | null)[];

  constructor(node: Node, inputs: readonly (Facts | null)[]) {
    this.node = node;
    this.#inputs = inputs;
  }

  get inputCount(): number {
    return this.#inputs.length;
  }

  /** Facts of an input; null where an optional input is left away. */
  optional(position: number): Facts | null {
    return this.#inputs[position] ?? null;
  }

  input(position: number): Facts {
    return this.optional(position) ?? this.fail(`its input ${position + 1} is missing`);
  }

  dims(position: number): readonly Dimension[] {
    return this.input(position).dims;
  }

  /** Numbers of an integer input; null where it is left away, or not known before running. */
  integers(position: number): readonly Dimension[] | null {
    return this.optional(position)?.integers ?? null;
  }

  /** Numbers of an integer input that must be known; undefined where it is left away. */
  numbers(position: number): readonly number[] | undefined {
    const facts = this.optional(position);
    if (facts === null) return undefined;
    const { integers } = facts;
    if (integers?.every((value) => typeof value === 'number')) return integers;
    return this.fail(`its input ${position + 1} is computed while running`);
  }

  /** Axes as the second input, or as an attribute in older operator sets; undefined where neither is given. */
  statedAxes(rank: number): readonly number[] | undefined {
    const stated = this.numbers(1) ?? this.ints('axes');
    return stated?.map((axis) => this.axis(axis, rank));
  }

  int(name: string, fallback: number): number {
    return Number(attributeOf(this.node, name, 'int') ?? fallback);
  }

  ints(name: string): readonly number[] | undefined {
    return attributeOf(this.node, name, 'ints')?.map(Number);
  }

  /** The attribute or input position as a position from 0, counting negative ones from the end. */
  axis(axis: number, rank: number): number {
    const position = axis < 0 ? axis + rank : axis;
    return position >= 0 && position < rank
      ? position
      : this.fail(`axis ${axis} is not in ${rank} dimensions`);
  }

  fail(what: string): never {
    const { opType, name, outputs } = this.node;
    throw new ProblemError(
      problem('unsupported', name || (outputs[0] ?? opType), `Its ${opType} can't be followed: ${what}.`),
    );
  }
}

/** One output with the type of the first input and these dimensions. */
export function like(node: NodeFacts, dims: readonly Dimension[]): readonly Facts[] {
  return [{ type: must(node.optional(0), 'a first input').type, dims }];
}
