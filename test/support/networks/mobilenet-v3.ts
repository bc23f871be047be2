import { float, int } from '../../../src/graph/attribute.ts';
import { float32Tensor } from '../../../src/graph/tensor.ts';
import { Exporter, scaledChannels, type Network } from './exporter.ts';

interface Block {
  readonly kernel: number;
  readonly expanded: number;
  readonly out: number;
  readonly hasSqueeze: boolean;
  readonly activation: 'Relu' | 'HardSwish';
  readonly stride: number;
}

const row = (
  sizes: readonly [kernel: number, expanded: number, out: number, stride: number],
  activation: Block['activation'],
  hasSqueeze = true,
): Block => {
  const [kernel, expanded, out, stride] = sizes;
  return { kernel, expanded, out, stride, activation, hasSqueeze };
};

const blocks: readonly Block[] = [
  row([3, 16, 16, 2], 'Relu'),
  row([3, 72, 24, 2], 'Relu', false),
  row([3, 88, 24, 1], 'Relu', false),
  row([5, 96, 40, 2], 'HardSwish'),
  row([5, 240, 40, 1], 'HardSwish'),
  row([5, 120, 48, 1], 'HardSwish'),
  row([5, 288, 96, 2], 'HardSwish'),
  row([5, 576, 96, 1], 'HardSwish'),
];

/** MobileNetV3-small (Howard et al. 2019), as PyTorch writes operator set 14. */
export const mobileNetV3: Network = (size) => {
  const net = new Exporter('mobilenet_v3', 14);
  const count = Math.max(4, Math.round(blocks.length * size.depth));
  const stem = net.batchNorm(
    net.conv(net.input(size), { out: scaledChannels(16, size), kernel: 3, stride: 2 }),
    1e-3,
  );
  let value = net.node('HardSwish', [stem]);
  for (const block of blocks.slice(0, count)) {
    const [expanded, out] = [scaledChannels(block.expanded, size), scaledChannels(block.out, size)];
    value = invertedResidual(net, value, { ...block, expanded, out });
  }
  const last = net.batchNorm(net.conv(value, { out: scaledChannels(576, size) }), 1e-3);
  const pooled = net.node('GlobalAveragePool', [net.node('HardSwish', [last])]);
  const hidden = net.gemm(net.node('Flatten', [pooled], { axis: int(1) }), scaledChannels(1024, size));
  const ratio = net.builder.constant(float32Tensor([], [0.2]));
  const kept = net.node('Dropout', [net.node('HardSwish', [hidden]), ratio]);
  return net.build(net.gemm(kept, size.classes), size);
};

function invertedResidual(net: Exporter, input: string, block: Block): string {
  const { expanded, out, kernel, stride, activation } = block;
  const wide = net.node(activation, [net.batchNorm(net.conv(input, { out: expanded }), 1e-3)]);
  const depthwise = net.conv(wide, { out: expanded, kernel, stride, isDepthwise: true });
  const active = net.node(activation, [net.batchNorm(depthwise, 1e-3)]);
  const squeezed = block.hasSqueeze ? squeezeExcite(net, active) : active;
  const narrow = net.batchNorm(net.conv(squeezed, { out }), 1e-3);
  return stride === 1 && net.channels(input) === out ? net.node('Add', [input, narrow]) : narrow;
}

function squeezeExcite(net: Exporter, input: string): string {
  const channels = net.channels(input);
  const pooled = net.node('GlobalAveragePool', [input]);
  const narrow = net.node('Relu', [net.conv(pooled, { out: Math.max(8, channels >> 2), hasBias: true })]);
  const wide = net.conv(narrow, { out: channels, hasBias: true });
  return net.node('Mul', [net.node('HardSigmoid', [wide], { alpha: float(1 / 6), beta: float(0.5) }), input]);
}
