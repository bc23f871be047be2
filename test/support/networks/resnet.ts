import { float, int, ints } from '../../../src/graph/attribute.ts';
import { Exporter, scaledChannels, scaledDepth, type Network } from './exporter.ts';

/** ResNet-18 (He et al. 2016), as PyTorch writes operator set 11. */
export const resNet18: Network = (size) => {
  const net = new Exporter('resnet18', 11);
  const stem = convNormRelu(net, net.input(size), { out: scaledChannels(64, size), kernel: 7, stride: 2 });
  let value = net.node('MaxPool', [stem], {
    kernel_shape: ints([3, 3]),
    strides: ints([2, 2]),
    pads: ints([1, 1, 1, 1]),
    ceil_mode: int(0),
  });
  for (const [stage, channels] of [64, 128, 256, 512].entries()) {
    const out = scaledChannels(channels, size);
    for (let block = 0; block < scaledDepth(2, size); block++) {
      value = basicBlock(net, value, { out, stride: stage > 0 && block === 0 ? 2 : 1 });
    }
  }
  const pooled = net.node('GlobalAveragePool', [value]);
  const flat = net.view(pooled, net.size(pooled, 0), -1);
  const kept = net.node('Dropout', [flat], { ratio: float(0.2) });
  return net.build(net.gemm(kept, size.classes), size);
};

interface BlockOptions {
  readonly out: number;
  readonly kernel?: number;
  readonly stride: number;
}

function convNormRelu(net: Exporter, input: string, options: BlockOptions): string {
  return net.node('Relu', [net.batchNorm(net.conv(input, options))]);
}

function basicBlock(net: Exporter, input: string, { out, stride }: BlockOptions): string {
  const inner = convNormRelu(net, input, { out, kernel: 3, stride });
  const outer = net.batchNorm(net.conv(inner, { out, kernel: 3 }));
  const isSame = stride === 1 && net.channels(input) === out;
  const shortcut = isSame ? net.node('Identity', [input]) : net.batchNorm(net.conv(input, { out, stride }));
  return net.node('Relu', [net.node('Add', [outer, shortcut])]);
}
