import { must } from '#base/assert.ts';
import { attributeOf, int } from '../attribute.ts';
import type { Model, Node } from '../model.ts';
import { ok, type Result } from '#base/result.ts';
import { inferTypes } from '../shapes/infer-types.ts';
import { blockedDomain, Layouts } from './layouts.ts';

/** Operators that treat every number alike, whatever the layout. */
const elementwise = new Set([
  ...['Relu', 'LeakyRelu', 'Clip', 'HardSigmoid', 'HardSwish', 'Neg'],
  ...['Add', 'Sub', 'Mul', 'Div', 'Where', 'Cast', 'Sigmoid', 'Tanh', 'Exp'],
  ...['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'And', 'Or', 'Not'],
]);

/**
 * Computes depthwise convolutions, and what stands between them, on blocks of channels, as onnxruntime does by itself
 * where filters never change. In training they do, and its general convolution takes 4 to 20 times as long
 * (docs/adr/0008). For the CPU provider only; all sizes must be known.
 * @param block channels side by side, a property of the machine
 */
export function blockDepthwise(model: Model, block: number): Result<Model> {
  const facts = inferTypes(model);
  if (!facts.ok) return facts;
  const layouts = new Layouts(model.graph, facts.value, block);
  for (const node of model.graph.nodes) rewrite(node, layouts);
  return ok(layouts.finish(model));
}

function rewrite(node: Node, layouts: Layouts): void {
  if (node.domain !== '') layouts.keep(node);
  else if (node.opType === 'Conv' && isDepthwise(node, layouts)) depthwise(node, layouts);
  else if (node.opType === 'Reshape' && keepsPlanes(node, layouts)) reshape(node, layouts);
  else if (node.opType === 'ReduceSum' && sumsPlanes(node, layouts)) sumPerChannel(node, layouts);
  else if (elementwise.has(node.opType) && isBlockedAlready(node, layouts)) samePlace(node, layouts);
  else layouts.keep(node);
}

/** One filter for each channel, and channels that fill their blocks. */
function isDepthwise(node: Node, layouts: Layouts): boolean {
  const [image = '', filter = ''] = node.inputs;
  const [, channels = 0] = layouts.dims(image);
  const [count, depth, ...kernel] = layouts.dims(filter);
  const group = Number(attributeOf(node, 'group', 'int') ?? 1);
  const isOnePerChannel = group === channels && count === channels && depth === 1;
  return isOnePerChannel && kernel.length === 2 && channels % layouts.block === 0;
}

function depthwise(node: Node, layouts: Layouts): void {
  const [image = '', filter = '', ...bias] = node.inputs;
  const inputs = [
    layouts.blocked(image),
    layouts.blockedFilters(filter),
    ...bias.map((value) => layouts.plain(value)),
  ];
  const attributes = Object.fromEntries(node.attributes);
  layouts.addBlocked(outputOf(node), { opType: 'Conv', domain: blockedDomain, inputs, attributes });
}

/** Whether a Reshape only moves planes between images and channels, whole blocks at a time. */
function keepsPlanes(node: Node, layouts: Layouts): boolean {
  const [input = ''] = node.inputs;
  const [from, to] = [layouts.dims(input), layouts.dims(outputOf(node))];
  const isImage = from.length === 4 && to.length === 4 && from[2] === to[2] && from[3] === to[3];
  return (
    isImage && layouts.isBlocked(input) && [from[1], to[1]].every((count) => fillsBlocks(count, layouts))
  );
}

/** One channel is the depth of filters, which stand in blocks themselves. */
function fillsBlocks(channels: number | undefined, { block }: Layouts): boolean {
  return channels === 1 || (channels ?? 1) % block === 0;
}

function reshape(node: Node, layouts: Layouts): void {
  const [input = '', shape = ''] = node.inputs;
  layouts.addBlocked(outputOf(node), { opType: 'Reshape', inputs: [layouts.blocked(input), shape] });
}

function sumsPlanes(node: Node, layouts: Layouts): boolean {
  const [input = '', axes = ''] = node.inputs;
  return layouts.isBlocked(input) && !layouts.isPlain(input) && layouts.integers(axes)?.join() === '0,2,3';
}

/** The gradient of a bias, without laying out what is summed. */
function sumPerChannel(node: Node, layouts: Layouts): void {
  const [input = ''] = node.inputs;
  const [batch = 0, channels = 0, height = 0, width = 0] = layouts.dims(input);
  const { block } = layouts;
  const [output, split, sums] = [outputOf(node), `${outputOf(node)}_split`, `${outputOf(node)}_sums`];
  const blocks = layouts.vector([batch, channels / block, height * width, block]);
  layouts.addPlain(split, { opType: 'Reshape', inputs: [layouts.blocked(input), blocks] });
  const attributes = { keepdims: int(0) };
  layouts.addPlain(sums, { opType: 'ReduceSum', inputs: [split, layouts.vector([0, 2])], attributes });
  layouts.addPlain(output, { opType: 'Reshape', inputs: [sums, layouts.vector(layouts.dims(output))] });
}

/** Whether an elementwise node reads images of its output's size, at least one of them blocked, and else scalars only. */
function isBlockedAlready(node: Node, layouts: Layouts): boolean {
  const size = layouts.dims(outputOf(node)).join();
  const values = node.inputs.filter((value) => value !== '');
  const images = values.filter((value) => layouts.dims(value).length === 4);
  const isAlike = images.every((value) => layouts.dims(value).join() === size);
  const isRestScalar = values.every((value) => images.includes(value) || layouts.dims(value).length === 0);
  const canAll = images.every((value) => layouts.isBlocked(value) || !layouts.isTruth(value));
  return isAlike && isRestScalar && canAll && images.some((value) => layouts.isBlocked(value));
}

function samePlace(node: Node, layouts: Layouts): void {
  const inputs = node.inputs.map((value) =>
    layouts.dims(value).length === 4 ? layouts.blocked(value) : value,
  );
  const attributes = Object.fromEntries(node.attributes);
  layouts.addBlocked(outputOf(node), { opType: node.opType, inputs, attributes });
}

function outputOf(node: Node): string {
  return must(node.outputs[0], `${node.opType} has an output`);
}
