import { attributeOf } from '../attribute.ts';
import type { Node } from '../model.ts';
import { inputOf } from './nodes.ts';
import type { Numbers } from './numbers.ts';
import { storedNumbers } from './per-channel.ts';
import type { Rewriter } from './rewriter.ts';

/** A node that is linear in its first input, with stored weights. Output channels are axis 1 of its output. */
export interface LinearLayer {
  readonly weight: Numbers;
  /** Null: no bias. One number for each channel. */
  readonly bias: Float64Array | null;
  readonly channels: number;
  /** The output channel of an element of the weight, by its position. */
  readonly channelOf: (position: number) => number;
  /** The operator that adds a bias, too. */
  readonly withBias: 'Conv' | 'ConvTranspose' | 'Gemm';
}

/** Reads a node as a linear layer; null for others. */
export function linearLayer(node: Node, graph: Rewriter): LinearLayer | null {
  const weight = storedNumbers(graph, inputOf(node, 1));
  if (weight === null || node.domain !== '') return null;
  if (node.opType === 'Conv') return conv(node, graph, weight);
  if (node.opType === 'ConvTranspose') return convTranspose(node, graph, weight);
  if (node.opType === 'Gemm') return gemm(node, graph, weight);
  return node.opType === 'MatMul' ? matMul(node, graph, weight) : null;
}

type Reader = (node: Node, graph: Rewriter, weight: Numbers) => LinearLayer | null;

/** W [M, C / group, …]. */
const conv: Reader = (node, graph, weight) => {
  const [channels = 0] = weight.dims;
  const perChannel = weight.values.length / channels;
  const channelOf = (position: number): number => Math.floor(position / perChannel);
  return withBiasOf(node, graph, { weight, channels, channelOf, withBias: 'Conv' });
};

/** W [C, M / group, …], each group of inputs making its own outputs. */
const convTranspose: Reader = (node, graph, weight) => {
  const [inputs = 0, perGroup = 0, ...kernel] = weight.dims;
  const groups = Number(attributeOf(node, 'group', 'int') ?? 1);
  const taps = kernel.reduce((product, size) => product * size, 1);
  const channelOf = (position: number): number => {
    const group = Math.floor(position / (taps * perGroup * (inputs / groups)));
    return group * perGroup + (Math.floor(position / taps) % perGroup);
  };
  return withBiasOf(node, graph, {
    weight,
    channels: groups * perGroup,
    channelOf,
    withBias: 'ConvTranspose',
  });
};

/** A · B with B [K, M], or [M, K] when transposed. */
const gemm: Reader = (node, graph, weight) => {
  const [first = 0, second = 0] = weight.dims;
  const isTransposed = attributeOf(node, 'transB', 'int') === 1n;
  const channels = isTransposed ? first : second;
  const channelOf = (position: number): number =>
    isTransposed ? Math.floor(position / second) : position % second;
  const isPlain = (attributeOf(node, 'beta', 'float') ?? 1) === 1;
  return isPlain ? withBiasOf(node, graph, { weight, channels, channelOf, withBias: 'Gemm' }) : null;
};

/** Of matrices only: a Gemm has no batches of them. */
const matMul: Reader = (node, graph, weight) => {
  const rank = graph.facts(inputOf(node, 0))?.dims.length;
  return rank === 2 && weight.dims.length === 2 ? gemm(node, graph, weight) : null;
};

/** Null: a bias that is not one number for each channel, or not stored. */
function withBiasOf(node: Node, graph: Rewriter, layer: Omit<LinearLayer, 'bias'>): LinearLayer | null {
  const [, , name = ''] = node.inputs;
  if (name === '') return { ...layer, bias: null };
  const bias = storedNumbers(graph, name);
  if (bias === null) return null;
  const isPerRow = bias.dims.length === 2 && bias.dims[0] !== 1;
  const isPerChannel = !isPerRow && (bias.values.length === layer.channels || bias.values.length === 1);
  return isPerChannel ? { ...layer, bias: bias.values } : null;
}
