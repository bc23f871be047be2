import { assert, must } from '#base/assert.ts';
import { float, int, ints } from '../attribute.ts';
import type { ModelBuilder } from '../builder.ts';
import { dataTypeCode, type DataType } from '../data-type.ts';
import type { Attribute } from '../model.ts';
import { float32Tensor, int64Vector } from '../tensor.ts';

/** 'any': only what every provider of onnxruntime has. */
export type Device = 'cpu' | 'any';

/** Makes of every positive number one of at least 1. */
const steep = 3e38;

type Attributes = Readonly<Record<string, Attribute>>;

/**
 * The operators that gradients, losses and optimisers are written in, on values of known size. Numbers stand for
 * scalars: `ops.mul(x, 0.5)`. What would change nothing adds no node.
 */
export class Ops {
  readonly builder: ModelBuilder;
  /** Where the model will run: rules may use what only the processor's provider can do. */
  readonly device: Device;
  readonly #scalars = new Map<number, string>();
  readonly #vectors = new Map<string, string>();

  constructor(builder: ModelBuilder, device: Device = 'any') {
    this.builder = builder;
    this.device = device;
  }

  dims(value: string): readonly number[] {
    return this.builder.dims(value);
  }

  node(opType: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.builder.node(opType, inputs, attributes);
  }

  /** A float32 number as a value; the same number is stored once. */
  scalar(value: number): string {
    const stored = this.#scalars.get(value) ?? this.builder.constant(float32Tensor([], [value]));
    this.#scalars.set(value, stored);
    return stored;
  }

  /** Numbers as a value. */
  numbers(dims: readonly number[], values: ArrayLike<number>): string {
    return this.builder.constant(float32Tensor(dims, values));
  }

  /** Integers as a value: a shape, axes, pads; the same ones are stored once. */
  vector(values: readonly number[]): string {
    const key = values.join(' ');
    const stored = this.#vectors.get(key) ?? this.builder.constant(int64Vector(...values));
    this.#vectors.set(key, stored);
    return stored;
  }

  add(a: string | number, b: string | number): string {
    return this.#binary('Add', a, b);
  }

  sub(a: string | number, b: string | number): string {
    if (b === 0 && typeof a === 'string') return a;
    return this.#binary('Sub', a, b);
  }

  mul(a: string | number, b: string | number): string {
    if (a === 1 && typeof b === 'string') return b;
    return b === 1 && typeof a === 'string' ? a : this.#binary('Mul', a, b);
  }

  div(a: string | number, b: string | number): string {
    return this.#binary('Div', a, b);
  }

  greater(a: string | number, b: string | number): string {
    return this.#binary('Greater', a, b);
  }

  less(a: string | number, b: string | number): string {
    return this.#binary('Less', a, b);
  }

  equal(a: string | number, b: string | number): string {
    return this.#binary('Equal', a, b);
  }

  neg(a: string): string {
    return this.node('Neg', [a]);
  }

  /** `a` where the condition holds, else `b`. */
  where(condition: string, a: string | number, b: string | number): string {
    return this.node('Where', [condition, this.#value(a), this.#value(b)]);
  }

  /** The value where the condition holds, else 0: as a product, which runtimes do faster than Where. */
  keep(value: string, condition: string): string {
    return this.mul(value, this.cast(condition, 'float32'));
  }

  /**
   * The value where a sign is positive, else 0. A steep HardSigmoid makes the mask in one pass, where a comparison and
   * a cast take two.
   */
  keepWherePositive(value: string, sign: string): string {
    return this.mul(value, this.node('HardSigmoid', [sign], { alpha: float(steep), beta: float(0) }));
  }

  cast(value: string, type: DataType): string {
    if (this.builder.facts(value)?.type === type) return value;
    return this.node('Cast', [value], { to: int(dataTypeCode(type)) });
  }

  /** One size may be −1: what is left. */
  reshape(value: string, dims: readonly number[]): string {
    const now = this.dims(value);
    const isSame = now.length === dims.length && now.every((dim, axis) => dim === dims[axis]);
    return isSame ? value : this.node('Reshape', [value, this.vector(dims)]);
  }

  transpose(value: string, order: readonly number[]): string {
    if (order.every((axis, position) => axis === position)) return value;
    return this.node('Transpose', [value], { perm: ints(order) });
  }

  expand(value: string, dims: readonly number[]): string {
    const now = this.dims(value);
    const isSame = now.length === dims.length && now.every((dim, axis) => dim === dims[axis]);
    return isSame ? value : this.node('Expand', [value, this.vector(dims)]);
  }

  /** Sums over axes, which stay with size 1 where `keep`. */
  sum(value: string, axes: readonly number[], keep = false): string {
    if (axes.length === 0) return value;
    return this.node('ReduceSum', [value, this.vector(axes)], { keepdims: int(keep ? 1 : 0) });
  }

  /** The mean over axes, which stay with size 1. */
  mean(value: string, axes: readonly number[]): string {
    const dims = this.dims(value);
    const count = axes.reduce((product, axis) => product * (dims[axis] ?? 1), 1);
    return this.div(this.sum(value, axes, true), count);
  }

  /** The largest over axes, which stay with size 1 where `keep`; in operator set 18 and later. */
  max(value: string, axes: readonly number[], keep = false): string {
    return this.node('ReduceMax', [value, this.vector(axes)], { keepdims: int(keep ? 1 : 0) });
  }

  /** The smallest over axes, as `max`. */
  min(value: string, axes: readonly number[], keep = false): string {
    return this.node('ReduceMin', [value, this.vector(axes)], { keepdims: int(keep ? 1 : 0) });
  }

  /** Undoes broadcasting: sums over what was repeated, so that the value has these dimensions. */
  sumTo(value: string, dims: readonly number[]): string {
    const now = this.dims(value);
    const ahead = now.length - dims.length;
    assert(ahead >= 0, `[${now.join(', ')}] is summed to [${dims.join(', ')}]`);
    const repeated = now.flatMap((size, axis) => {
      const isRepeated = axis < ahead || (size !== 1 && dims[axis - ahead] === 1);
      return isRepeated ? [axis] : [];
    });
    return this.reshape(this.sum(value, repeated, true), dims);
  }

  /** Matrix product; of more than two dimensions, the last two of each. */
  matMul(a: string, b: string): string {
    return this.node('MatMul', [a, b]);
  }

  /** Product of two matrices, each transposed first where asked for. */
  gemm(a: string, b: string, transposed: { a?: boolean; b?: boolean } = {}): string {
    const attributes = {
      ...(transposed.a === true ? { transA: int(1) } : {}),
      ...(transposed.b === true ? { transB: int(1) } : {}),
    };
    return this.node('Gemm', [a, b], attributes);
  }

  /** Elements from `starts` to before `ends` along the axes, in steps. */
  slice(
    value: string,
    range: {
      axes: readonly number[];
      starts: readonly number[];
      ends: readonly number[];
      steps?: readonly number[];
    },
  ): string {
    const { axes, starts, ends, steps } = range;
    const inputs = [value, this.vector(starts), this.vector(ends), this.vector(axes)];
    return this.node('Slice', steps === undefined ? inputs : [...inputs, this.vector(steps)]);
  }

  concat(values: readonly string[], axis: number): string {
    const [only] = values;
    if (values.length === 1) return must(only, 'a value');
    return this.node('Concat', values, { axis: int(axis) });
  }

  /** Zeros around: `begins` and `ends` for every axis. */
  pad(value: string, begins: readonly number[], ends: readonly number[]): string {
    if ([...begins, ...ends].every((count) => count === 0)) return value;
    return this.node('Pad', [value, this.vector([...begins, ...ends])]);
  }

  softmax(value: string, axis: number): string {
    return this.node('Softmax', [value], { axis: int(axis) });
  }

  #binary(opType: string, a: string | number, b: string | number): string {
    return this.node(opType, [this.#value(a), this.#value(b)]);
  }

  #value(value: string | number): string {
    return typeof value === 'number' ? this.scalar(value) : value;
  }
}
