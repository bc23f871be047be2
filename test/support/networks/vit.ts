import { int, ints, tensor } from '../../../src/graph/attribute.ts';
import { int64Vector } from '../../../src/graph/tensor.ts';
import { Exporter, scaledChannels, scaledDepth, type Network } from './exporter.ts';

const patch = 8;
const headWidth = 16;

/** A vision transformer with the layer scale of DINOv2 (Oquab et al. 2023), as PyTorch writes operator set 17. */
export const visionTransformer: Network = (size) => {
  const net = new Exporter('vit', 17);
  const width = scaledChannels(192, size);
  const image = net.input(size);
  const patches = net.conv(image, { out: width, kernel: patch, stride: patch, pad: 0, hasBias: true });
  let value = withPositions(net, image, withClassToken(net, image, tokensOf(net, patches)));
  for (let block = 0; block < scaledDepth(6, size); block++) value = transformerBlock(net, value);
  const token = net.node('Gather', [net.layerNorm(value), net.position(0)], { axis: int(1) });
  return net.build(net.gemm(token, size.classes), size);
};

/** `flatten(2).transpose(1, 2)`: the first sizes, and −1. */
function tokensOf(net: Exporter, patches: string): string {
  const shape = net.node('Shape', [patches]);
  const kept = net.node('Slice', [shape, net.vector(0), net.vector(2), net.vector(0)]);
  const target = net.node('Concat', [kept, net.vector(-1)], { axis: int(0) });
  return net.node('Transpose', [net.node('Reshape', [patches, target])], { perm: ints([0, 2, 1]) });
}

/** `expand(batch, -1, -1)`, for which PyTorch compares the shape with −1 while running. */
function withClassToken(net: Exporter, image: string, tokens: string): string {
  const width = net.channels(tokens, -1);
  const sizes = [net.unsqueezed(net.size(image, 0)), net.vector(-1), net.vector(-1)];
  const stated = net.node('Concat', sizes, { axis: int(0) });
  const ones = net.node('ConstantOfShape', [net.vector(3)], { value: tensor(int64Vector(1)) });
  const open = net.node('Equal', [stated, net.node('Mul', [ones, net.position(-1)])]);
  const target = net.node('Where', [open, ones, stated]);
  const classToken = net.node('Expand', [net.weight([1, 1, width], 0.5), target]);
  return net.node('Concat', [classToken, tokens], { axis: int(1) });
}

function withPositions(net: Exporter, image: string, tokens: string): string {
  const side = net.channels(image, 2) / patch;
  return net.node('Add', [tokens, net.weight([1, side * side + 1, net.channels(tokens, -1)], 0.2)]);
}

function transformerBlock(net: Exporter, input: string): string {
  const mixed = net.node('Add', [input, scaled(net, attention(net, net.layerNorm(input)))]);
  const width = net.channels(input, -1);
  const hidden = net.linear(net.gelu(net.linear(net.layerNorm(mixed), 4 * width)), width);
  return net.node('Add', [mixed, scaled(net, net.node('Identity', [hidden]))]);
}

function scaled(net: Exporter, input: string): string {
  return net.node('Mul', [input, net.weight([net.channels(input, -1)], 0.1, 0.5)]);
}

function attention(net: Exporter, input: string): string {
  const width = net.channels(input, -1);
  const [batch, tokens] = [net.size(input, 0), net.size(input, 1)];
  const heads = width / headWidth;
  const split = net.view(net.linear(input, 3 * width), batch, tokens, 3, heads, headWidth);
  const parts = net.node('Transpose', [split], { perm: ints([2, 0, 3, 1, 4]) });
  const [query = '', key = '', value = ''] = [0, 1, 2].map((part) =>
    net.node('Gather', [parts, net.position(part)], { axis: int(0) }),
  );
  const asked = net.node('Mul', [query, net.scalar(headWidth ** -0.5)]);
  const fits = net.node('MatMul', [asked, net.node('Transpose', [key], { perm: ints([0, 1, 3, 2]) })]);
  const answer = net.node('MatMul', [net.node('Softmax', [fits], { axis: int(-1) }), value]);
  const joined = net.view(
    net.node('Transpose', [answer], { perm: ints([0, 2, 1, 3]) }),
    batch,
    tokens,
    width,
  );
  return net.linear(joined, width);
}
