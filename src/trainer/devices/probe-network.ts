import type { Random } from '#base/random.ts';
import { int, ints } from '#graph/attribute.ts';
import { ModelBuilder } from '#graph/builder.ts';
import { dataTypeCode } from '#graph/data-type.ts';
import type { Model } from '#graph/model.ts';
import { elementCount, float32Tensor } from '#graph/tensor.ts';

export interface ProbeNetwork {
  /** `pixels` [N, side, side, 3] → `embedding` [N, dim]. */
  readonly backbone: Model;
  readonly dim: number;
  /** Floating-point operations of its convolutions for one image. */
  readonly operations: number;
}

/** A network with what training leans on: dense and depthwise convolutions and both kinds of pooling. */
export function probeNetwork(
  { side, channels }: { readonly side: number; readonly channels: number },
  random: Random,
): ProbeNetwork {
  const net = new Layers(random);
  const dim = 4 * channels;
  const seen = net.halved('MaxPool', net.convolution(net.pixels(side), { from: 3, to: channels, kernel: 3 }));
  const mixed = net.convolution(seen, { from: channels, to: channels, kernel: 3, group: channels });
  const wide = net.convolution(mixed, { from: channels, to: 2 * channels, kernel: 1 });
  const deep = net.convolution(wide, { from: 2 * channels, to: 2 * channels, kernel: 3 });
  const small = net.halved('AveragePool', deep);
  const last = net.convolution(small, { from: 2 * channels, to: dim, kernel: 3 });
  const { builder } = net;
  const embedding = builder.node('Flatten', [builder.node('GlobalAveragePool', [last])]);
  builder.output('embedding', embedding, { type: 'float32', dims: ['N', dim] });
  return { backbone: builder.build(), dim, operations: net.operations };
}

interface Convolution {
  readonly from: number;
  readonly to: number;
  readonly kernel: number;
  readonly group?: number;
}

class Layers {
  readonly builder = new ModelBuilder('probe', 18);
  readonly #random: Random;
  #operations = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  get operations(): number {
    return this.#operations;
  }

  /** Pixels as stored backbones take them, between −1 and 1. */
  pixels(side: number): string {
    const { builder } = this;
    const pixels = builder.input('pixels', 'uint8', ['N', side, side, 3]);
    const numbers = builder.node('Cast', [pixels], { to: int(dataTypeCode('float32')) });
    const scaled = builder.node('Div', [numbers, builder.constant(float32Tensor([], [127.5]))]);
    const centred = builder.node('Sub', [scaled, builder.constant(float32Tensor([], [1]))]);
    return builder.node('Transpose', [centred], { perm: ints([0, 3, 1, 2]) });
  }

  /** What it sees, cut off below 0. */
  convolution(input: string, { from, to, kernel, group = 1 }: Convolution): string {
    const depth = from / group;
    const filter = this.#weights([to, depth, kernel, kernel], Math.sqrt(2 / (depth * kernel * kernel)));
    const pad = (kernel - 1) / 2;
    const output = this.builder.node('Conv', [input, filter, this.#weights([to], 0.1)], {
      ...{ kernel_shape: ints([kernel, kernel]), pads: ints([pad, pad, pad, pad]), group: int(group) },
    });
    const [, , height, width] = this.builder.facts(output)?.dims ?? [];
    this.#operations += 2 * Number(height) * Number(width) * to * depth * kernel * kernel;
    return this.builder.node('Relu', [output]);
  }

  /** Pooled by windows of 2 × 2. */
  halved(pooling: 'MaxPool' | 'AveragePool', input: string): string {
    return this.builder.node(pooling, [input], { kernel_shape: ints([2, 2]), strides: ints([2, 2]) });
  }

  #weights(dims: readonly number[], deviation: number): string {
    const values = Float32Array.from({ length: elementCount(dims) }, () => deviation * this.#random.normal());
    return this.builder.constant(float32Tensor(dims, values));
  }
}
