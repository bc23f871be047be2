import { float32Tensor, type NumericTensor } from '../tensor.ts';
import type { Model, Node } from '../model.ts';
import { linearLayer, type LinearLayer } from './linear-layer.ts';
import { at, perChannel, type PerChannel } from './per-channel.ts';
import { rewrite, type Rewriter } from './rewriter.ts';

/**
 * The model with BatchNormalization, and scales and shifts per channel, folded into the weights and the bias of the
 * linear layer before them (Conv, ConvTranspose, Gemm, or a product of matrices, which becomes a Gemm). Computed in
 * doubles, rounded once. What has no such layer before it stays, as does what would become infinite.
 */
export function foldBatchNormalization(model: Model): Model {
  return rewrite(model, (node, graph) => {
    const change = perChannel(node, graph);
    const before = change === null ? undefined : graph.maker(change.input);
    if (change === null || before === undefined || isShared(change.input, graph)) return null;
    const layer = linearLayer(before, graph);
    if (layer === null || !fits(change, layer)) return null;
    const folded = fold(layer, change);
    return folded === null ? null : [withNumbers(before, graph, { ...folded, outputs: node.outputs })];
  });
}

/** Somebody else needs the value as it is before. */
function isShared(value: string, graph: Rewriter): boolean {
  return graph.readers(value) > 1 || graph.isOutput(value);
}

/** More numbers than channels would repeat a single channel. */
function fits({ factor, shift }: PerChannel, { channels }: LinearLayer): boolean {
  return [factor, shift].every(({ length }) => length === 1 || length === channels);
}

/** What a layer computes with, after a change was folded into it. */
interface Folded {
  readonly opType: LinearLayer['withBias'];
  readonly weight: NumericTensor;
  readonly bias: NumericTensor;
}

/** Null: numbers get out of range. */
function fold(layer: LinearLayer, { factor, shift }: PerChannel): Folded | null {
  const scaled = layer.weight.values.map((value, i) => value * at(factor, layer.channelOf(i)));
  const weight = new Float32Array(scaled);
  const bias = Float32Array.from({ length: layer.channels }, (_, c) => {
    const before = layer.bias === null ? 0 : at(layer.bias, c);
    return before * at(factor, c) + at(shift, c);
  });
  if (!weight.every(Number.isFinite) || !bias.every(Number.isFinite)) return null;
  return {
    opType: layer.withBias,
    weight: float32Tensor(layer.weight.dims, weight),
    bias: float32Tensor([layer.channels], bias),
  };
}

/** The layer with new numbers, in the place of itself and of the node behind it. */
function withNumbers(
  layer: Node,
  graph: Rewriter,
  { opType, weight, bias, outputs }: Folded & { readonly outputs: readonly string[] },
): Node {
  const [input = '', weightName = '', biasName = ''] = layer.inputs;
  const inputs = [
    input,
    graph.store(weight, graph.unusedName(weightName)),
    graph.store(bias, graph.unusedName(biasName || `${weightName}_bias`)),
  ];
  return { ...layer, opType, inputs, outputs: outputs.slice(0, 1) };
}
