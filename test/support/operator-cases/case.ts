import type { Random } from '../../../src/base/random.ts';
import type { Attribute } from '../../../src/graph/model.ts';
import { countOf, real, type Value } from '../reference/value.ts';

/** One use of an operator: what enters it, and its settings. */
export interface OperatorCase {
  readonly opType: string;
  /** Integers are stored in the model, real numbers are fed, except those in `stored`. Null: left away. */
  readonly inputs: readonly (Value | null)[];
  /** Positions of inputs of real numbers that are stored in the model. */
  readonly stored?: readonly number[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** How many outputs are asked for; 1 unless said otherwise. */
  readonly outputs?: number;
  /** Through how many of these gradients flow; all unless said otherwise. */
  readonly differentiable?: number;
  readonly opset?: number;
}

/** Makes a random case of one operator. */
export type CaseMaker = (pick: Picker) => OperatorCase;

export type CaseMakers = Readonly<Record<string, CaseMaker>>;

/** Random choices for cases. */
export class Picker {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** An integer from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + this.#random.int(high - low + 1);
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.#random.int(choices.length)] as T;
  }

  /** Uniform. */
  number(low: number, high: number): number {
    return low + this.#random.next() * (high - low);
  }

  bool(): boolean {
    return this.#random.int(2) === 1;
  }

  ints(count: number, low: number, high: number): readonly number[] {
    return Array.from({ length: count }, () => this.int(low, high));
  }

  /** Sizes of a small tensor. */
  dims(ranks: readonly [number, number] = [1, 4], largest = 4): readonly number[] {
    return this.ints(this.int(...ranks), 1, largest);
  }

  /** Which of the axes, at least one. */
  someAxes(rank: number): readonly number[] {
    const axes = Array.from({ length: rank }, (_, axis) => axis).filter(() => this.bool());
    return axes.length > 0 ? axes : [this.int(0, rank - 1)];
  }

  /** The axis, or the same counted from the end. */
  signed(axis: number, rank: number): number {
    return this.bool() ? axis : axis - rank;
  }

  shuffled<T>(items: readonly T[]): readonly T[] {
    return items
      .map((item) => ({ item, key: this.#random.next() }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);
  }

  /** Standard normal deviates. */
  normal(dims: readonly number[]): Value {
    return single(
      dims,
      Array.from({ length: countOf(dims) }, () => this.#random.normal()),
    );
  }

  between(dims: readonly number[], low: number, high: number): Value {
    return single(
      dims,
      Array.from({ length: countOf(dims) }, () => this.number(low, high)),
    );
  }

  /** Different numbers, far enough from each other and from 0 for a difference quotient. */
  apart(dims: readonly number[], gap = 0.07): Value {
    const count = countOf(dims);
    const places = this.shuffled(Array.from({ length: count }, (_, i) => i + 0.5 - Math.floor(count / 2)));
    return single(
      dims,
      places.map((place) => gap * (place + this.number(-0.1, 0.1))),
    );
  }

  /** Numbers far enough from the kinks of a function for a difference quotient. */
  awayFrom(dims: readonly number[], kinks: readonly number[]): Value {
    const { data } = this.normal(dims);
    const far = data.map((x) => {
      const kink = kinks.find((each) => Math.abs(2 * x - each) < 0.02);
      return kink === undefined ? 2 * x : kink + 0.05;
    });
    return single(dims, far);
  }

  /** Dimensions that broadcast to the given ones: some sizes 1, some axes in front missing. */
  narrower(dims: readonly number[]): readonly number[] {
    const narrowed = dims.map((size) => (this.int(0, 2) === 0 ? 1 : size));
    return narrowed.slice(this.int(0, 2) === 0 ? this.int(0, dims.length) : 0);
  }
}

/** Numbers that single precision holds exactly, so that both sides of a comparison start from the same. */
function single(dims: readonly number[], numbers: Iterable<number>): Value {
  return real(dims, Float32Array.from(numbers));
}
