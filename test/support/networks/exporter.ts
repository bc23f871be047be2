import { float, int, ints, tensor } from '../../../src/graph/attribute.ts';
import { ModelBuilder } from '../../../src/graph/builder.ts';
import type { Attribute, Model } from '../../../src/graph/model.ts';
import { elementCount, float32Tensor, int64Tensor, int64Vector } from '../../../src/graph/tensor.ts';
import { seededRandom, type Random } from '../../../src/base/random.ts';

type Attributes = Readonly<Record<string, Attribute>>;

/** How large a test network is. */
export interface NetworkSize {
  /** Side of the input, in pixels. */
  readonly image: number;
  /** Channels as a fraction of the published ones. */
  readonly width: number;
  /** Blocks as a fraction of the published ones, at least one in each stage. */
  readonly depth: number;
  readonly classes: number;
}

/** As published, but for small images. */
export const fullSize: NetworkSize = { image: 64, width: 1, depth: 1, classes: 10 };
/** Fast to run. */
export const smallSize: NetworkSize = { image: 32, width: 0.25, depth: 0.5, classes: 5 };

/** A test network: a classifier with random weights, from `image` [batch, 3, size, size] to `logits`. */
export type Network = (size: NetworkSize) => Model;

export interface ConvOptions {
  readonly out: number;
  readonly kernel?: number;
  readonly stride?: number;
  readonly isDepthwise?: boolean;
  readonly hasBias?: boolean;
  /** On all sides; half the kernel unless stated. */
  readonly pad?: number;
}

/** Writes networks with the detours of real exporters: sizes computed while running, constants as nodes. */
export class Exporter {
  readonly builder: ModelBuilder;
  readonly #random: Random;
  readonly #opset: number;

  constructor(name: string, opset: number, seed = 1) {
    this.builder = new ModelBuilder(name, opset);
    this.#opset = opset;
    this.#random = seededRandom(seed);
  }

  input({ image }: NetworkSize): string {
    return this.builder.input('image', 'float32', ['batch', 3, image, image]);
  }

  build(logits: string, { classes }: NetworkSize): Model {
    return this.builder.output('logits', logits, { type: 'float32', dims: ['batch', classes] }).build();
  }

  node(opType: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.builder.node(opType, inputs, attributes);
  }

  /** Normal weights of this deviation around a mean. */
  weight(dims: readonly number[], deviation: number, mean = 0): string {
    const values = Float32Array.from(
      { length: elementCount(dims) },
      () => mean + deviation * this.#random.normal(),
    );
    return this.builder.constant(float32Tensor(dims, values));
  }

  scalar(value: number): string {
    return this.node('Constant', [], { value: tensor(float32Tensor([], [value])) });
  }

  vector(...values: readonly number[]): string {
    return this.node('Constant', [], { value: tensor(int64Vector(...values)) });
  }

  position(value: number): string {
    return this.node('Constant', [], { value: tensor(int64Tensor([], [value])) });
  }

  channels(value: string, axis = 1): number {
    return Number(this.builder.facts(value)?.dims.at(axis));
  }

  conv(input: string, { out, kernel = 1, stride = 1, isDepthwise = false, ...rest }: ConvOptions): string {
    const channels = this.channels(input);
    const group = isDepthwise ? channels : 1;
    const fanIn = (channels / group) * kernel * kernel;
    const inputs = [input, this.weight([out, channels / group, kernel, kernel], Math.sqrt(2 / fanIn))];
    if (rest.hasBias === true) inputs.push(this.weight([out], 0.1));
    const pad = rest.pad ?? (kernel - 1) >> 1;
    return this.node('Conv', inputs, {
      kernel_shape: ints([kernel, kernel]),
      strides: ints([stride, stride]),
      pads: ints([pad, pad, pad, pad]),
      group: int(group),
    });
  }

  batchNorm(input: string, epsilon = 1e-5): string {
    const channels = this.channels(input);
    const [scale, bias, mean] = [1, 0, 0].map((centre) => this.weight([channels], 0.1, centre));
    const variance = float32Tensor(
      [channels],
      Float32Array.from({ length: channels }, () => 0.5 + this.#random.next()),
    );
    const inputs = [input, scale ?? '', bias ?? '', mean ?? '', this.builder.constant(variance)];
    return this.node('BatchNormalization', inputs, { epsilon: float(epsilon), momentum: float(0.9) });
  }

  layerNorm(input: string): string {
    const channels = this.channels(input, -1);
    const inputs = [input, this.weight([channels], 0.1, 1), this.weight([channels], 0.1)];
    return this.node('LayerNormalization', inputs, { axis: int(-1), epsilon: float(1e-6) });
  }

  /** A linear layer on matrices. */
  gemm(input: string, out: number): string {
    const channels = this.channels(input);
    const inputs = [input, this.weight([out, channels], Math.sqrt(1 / channels)), this.weight([out], 0.1)];
    return this.node('Gemm', inputs, { transB: int(1) });
  }

  /** A linear layer on the last axis. */
  linear(input: string, out: number): string {
    const channels = this.channels(input, -1);
    const product = this.node('MatMul', [input, this.weight([channels, out], Math.sqrt(1 / channels))]);
    return this.node('Add', [this.weight([out], 0.1), product]);
  }

  /** x / 2 · (1 + erf(x / √2)). */
  gelu(input: string): string {
    const erf = this.node('Erf', [this.node('Div', [input, this.scalar(Math.SQRT2)])]);
    const product = this.node('Mul', [input, this.node('Add', [erf, this.scalar(1)])]);
    return this.node('Mul', [product, this.scalar(0.5)]);
  }

  /** `input.size(axis)` as PyTorch writes it. */
  size(input: string, axis: number): string {
    return this.node('Gather', [this.node('Shape', [input]), this.position(axis)], { axis: int(0) });
  }

  /** `input.reshape(…)` where sizes are numbers or values. */
  view(input: string, ...sizes: readonly (number | string)[]): string {
    const parts = sizes.map((size) => (typeof size === 'number' ? this.vector(size) : this.unsqueezed(size)));
    return this.node('Reshape', [input, this.node('Concat', parts, { axis: int(0) })]);
  }

  /** Axes were an attribute before operator set 13. */
  unsqueezed(value: string): string {
    if (this.#opset < 13) return this.node('Unsqueeze', [value], { axes: ints([0]) });
    return this.node('Unsqueeze', [value, this.vector(0)]);
  }
}

/** A number of channels scaled by the width, in steps of 8. */
export function scaledChannels(channels: number, { width }: NetworkSize): number {
  return Math.max(8, 8 * Math.round((channels * width) / 8));
}

/** A number of blocks scaled by the depth. */
export function scaledDepth(blocks: number, { depth }: NetworkSize): number {
  return Math.max(1, Math.round(blocks * depth));
}
