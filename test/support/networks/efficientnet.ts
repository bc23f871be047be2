import { int, ints } from '../../../src/graph/attribute.ts';
import { float32Tensor, int64Vector } from '../../../src/graph/tensor.ts';
import { Exporter, scaledChannels, scaledDepth, type Network } from './exporter.ts';

interface Stage {
  readonly expansion: number;
  readonly kernel: number;
  readonly out: number;
  readonly stride: number;
}

const stages: readonly (Stage & { readonly count: number })[] = [
  { expansion: 1, kernel: 3, out: 16, stride: 1, count: 1 },
  { expansion: 6, kernel: 3, out: 24, stride: 2, count: 2 },
  { expansion: 6, kernel: 5, out: 40, stride: 2, count: 2 },
  { expansion: 6, kernel: 3, out: 80, stride: 2, count: 3 },
  { expansion: 6, kernel: 5, out: 112, stride: 1, count: 3 },
];

/**
 * The first five stages of EfficientNet-B0 (Tan & Le 2019), as converters from TensorFlow write operator set 12:
 * uneven padding in nodes of its own, means as reductions, products with weights and additions apart.
 */
export const efficientNet: Network = (size) => {
  const net = new Exporter('efficientnet', 12);
  const stem = evenlyStrided(net, net.input(size), { out: scaledChannels(32, size), kernel: 3, stride: 2 });
  let value = swish(net, net.batchNorm(stem, 1e-3));
  for (const stage of stages) {
    for (let block = 0; block < scaledDepth(stage.count, size); block++) {
      const out = scaledChannels(stage.out, size);
      value =
        block === 0
          ? mbConv(net, value, { ...stage, out })
          : mbConv(net, value, { ...stage, out, stride: 1 });
    }
  }
  const last = swish(net, net.batchNorm(net.conv(value, { out: scaledChannels(1280, size) }), 1e-3));
  const pooled = net.node('ReduceMean', [last], { axes: ints([2, 3]), keepdims: int(0) });
  return net.build(net.node('Softmax', [net.linear(pooled, size.classes)], { axis: int(1) }), size);
};

function swish(net: Exporter, input: string): string {
  return net.node('Mul', [input, net.node('Sigmoid', [input])]);
}

/** TensorFlow's SAME padding of a stride of 2 is larger at the end. */
function evenlyStrided(
  net: Exporter,
  input: string,
  options: {
    readonly out: number;
    readonly kernel: number;
    readonly stride: number;
    readonly isDepthwise?: boolean;
  },
): string {
  const { kernel, stride } = options;
  const missing = kernel - stride;
  const [begin, end] = [missing >> 1, missing - (missing >> 1)];
  const pads = net.builder.constant(int64Vector(0, 0, begin, begin, 0, 0, end, end));
  const padded = net.node('Pad', [input, pads, net.builder.constant(float32Tensor([], [0]))]);
  return net.conv(padded, { ...options, pad: 0 });
}

function mbConv(net: Exporter, input: string, { expansion, kernel, out, stride }: Stage): string {
  const channels = net.channels(input);
  const expanded = channels * expansion;
  const wide = expansion === 1 ? input : swish(net, net.batchNorm(net.conv(input, { out: expanded }), 1e-3));
  const depthwise = evenlyStrided(net, wide, { out: expanded, kernel, stride, isDepthwise: true });
  const active = squeezeExcite(net, swish(net, net.batchNorm(depthwise, 1e-3)), Math.max(4, channels >> 2));
  const narrow = net.batchNorm(net.conv(active, { out }), 1e-3);
  if (stride !== 1 || channels !== out) return narrow;
  return net.node('Add', [net.node('Dropout', [narrow]), input]);
}

function squeezeExcite(net: Exporter, input: string, squeezed: number): string {
  const pooled = net.node('ReduceMean', [input], { axes: ints([2, 3]), keepdims: int(1) });
  const narrow = swish(net, net.conv(pooled, { out: squeezed, hasBias: true }));
  const wide = net.conv(narrow, { out: net.channels(input), hasBias: true });
  return net.node('Mul', [net.node('Sigmoid', [wide]), input]);
}
