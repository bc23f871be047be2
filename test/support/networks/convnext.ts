import { ints } from '../../../src/graph/attribute.ts';
import { Exporter, scaledChannels, scaledDepth, type Network } from './exporter.ts';

/** ConvNeXt-tiny (Liu et al. 2022), as PyTorch writes operator set 17. */
export const convNeXt: Network = (size) => {
  const net = new Exporter('convnext', 17);
  const out = (channels: number): number => scaledChannels(channels, size);
  const stem = net.conv(net.input(size), { out: out(96), kernel: 4, stride: 4, pad: 0, hasBias: true });
  let value = normalised(net, stem);
  for (const [stage, [channels, blocks]] of stages.entries()) {
    if (stage > 0) {
      const halved = { out: out(channels), kernel: 2, stride: 2, pad: 0, hasBias: true };
      value = net.conv(normalised(net, value), halved);
    }
    for (let block = 0; block < scaledDepth(blocks, size); block++) value = convNeXtBlock(net, value);
  }
  const pooled = net.node('Flatten', [net.node('GlobalAveragePool', [value])]);
  return net.build(net.gemm(net.layerNorm(pooled), size.classes), size);
};

const stages = [
  [96, 3],
  [192, 3],
  [384, 9],
  [768, 3],
] as const;

const toLast = { perm: ints([0, 2, 3, 1]) };
const toFirst = { perm: ints([0, 3, 1, 2]) };

function normalised(net: Exporter, input: string): string {
  return net.node('Transpose', [net.layerNorm(net.node('Transpose', [input], toLast))], toFirst);
}

function convNeXtBlock(net: Exporter, input: string): string {
  const channels = net.channels(input);
  const mixed = net.conv(input, { out: channels, kernel: 7, isDepthwise: true, hasBias: true });
  const normal = net.layerNorm(net.node('Transpose', [mixed], toLast));
  const hidden = net.gelu(net.linear(normal, 4 * channels));
  const scaled = net.node('Mul', [net.linear(hidden, channels), net.weight([channels], 0.1, 0.5)]);
  return net.node('Add', [net.node('Identity', [input]), net.node('Transpose', [scaled], toFirst)]);
}
