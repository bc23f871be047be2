import type { ProblemError } from '#base/problem.ts';
import { attributeOf, int, string } from '../attribute.ts';
import type { Node } from '../model.ts';
import { elementCount } from '../tensor.ts';
import { inputOf, outputOf, standardNode, withAttributes } from './nodes.ts';
import type { Rewriter } from './rewriter.ts';

/** A node of an older operator set, its attributes moved to inputs already. */
interface OldNode {
  readonly node: Node;
  readonly graph: Rewriter;
  readonly opset: number;
  readonly refuse: () => ProblemError;
}

/** The nodes that say the same in operator set 18; null where the node already does. */
type RaiseRule = (old: OldNode) => readonly Node[] | null;

/** Equal parts were implied by the number of outputs. */
const split: RaiseRule = ({ node }) => {
  if (inputOf(node, 1) !== '') return [node];
  return [withAttributes(node, { num_outputs: int(node.outputs.length) })];
};

/** Statistics were further outputs, which only training fills. */
const batchNormalization: RaiseRule = ({ node, graph, opset, refuse }) => {
  if (opset >= 14) return null;
  const isRead = node.outputs.slice(1).some((name) => graph.readers(name) > 0);
  if (isRead || attributeOf(node, 'spatial', 'int') === 0n) throw refuse();
  const attributes = new Map([...node.attributes].filter(([name]) => name !== 'spatial'));
  return [{ ...node, outputs: node.outputs.slice(0, 1), attributes }];
};

/** The mask was of the input's type. */
const dropout: RaiseRule = ({ node, graph, opset, refuse }) => {
  const isRead = node.outputs.slice(1).some((name) => graph.readers(name) > 0);
  if (opset < 10 && isRead) throw refuse();
  return [node];
};

/** Softmax and its kin ran over all axes from the stated one, as if they were one axis. */
const softmax: RaiseRule = ({ node, graph, opset, refuse }) => {
  if (opset >= 13) return null;
  const rank = graph.facts(inputOf(node, 0))?.dims.length;
  if (rank === undefined) throw refuse();
  const stated = Number(attributeOf(node, 'axis', 'int') ?? 1);
  const axis = stated < 0 ? stated + rank : stated;
  const onLast = withAttributes(node, { axis: int(-1) });
  return axis === rank - 1 ? [onLast] : flattened(onLast, axis, graph);
};

/** The node on a matrix of all axes from the stated one. */
function flattened(node: Node, axis: number, graph: Rewriter): readonly Node[] {
  const [input, output] = [inputOf(node, 0), outputOf(node)];
  const named = (part: string): string => graph.unusedName(`${output}_${part}`);
  const shape = standardNode('Shape', [input], { output: named('shape') });
  const flat = standardNode('Flatten', [input], { output: named('flat'), attributes: { axis: int(axis) } });
  const normal = { ...node, inputs: flat.outputs, outputs: [named('normal')] };
  return [shape, flat, normal, standardNode('Reshape', [outputOf(normal), outputOf(shape)], { output })];
}

/** It repeated elements, or interpolated from the first corner. */
const upsample: RaiseRule = ({ node }) => {
  const scales = inputOf(node, 2) || inputOf(node, 1);
  const mode = attributeOf(node, 'mode', 'string') ?? 'nearest';
  const resized = { ...node, opType: 'Resize', inputs: [inputOf(node, 0), '', scales] };
  return [withAttributes(resized, { ...fromCorner, mode: string(mode === 'bilinear' ? 'linear' : mode) })];
};

const fromCorner = { coordinate_transformation_mode: string('asymmetric'), nearest_mode: string('floor') };

/** At first only scales, from the first corner; then empty tensors in the place of inputs that are left away. */
const resize: RaiseRule = ({ node, graph, opset, refuse }) => {
  const isOld = attributeOf(node, 'coordinate_transformation_mode', 'string') === 'tf_half_pixel_for_nn';
  if (isOld) throw refuse();
  if (opset >= 13) return null;
  if (opset >= 11)
    return [{ ...node, inputs: node.inputs.map((name) => (isEmpty(graph, name) ? '' : name)) }];
  if (!isGrowing(node, graph) && attributeOf(node, 'mode', 'string') !== 'linear') throw refuse();
  return [withAttributes({ ...node, inputs: [inputOf(node, 0), '', inputOf(node, 1)] }, fromCorner)];
};

/** Where the output is smaller, nearest elements were chosen by another rule. */
function isGrowing(node: Node, graph: Rewriter): boolean {
  return graph.facts(inputOf(node, 1))?.scales?.every((scale) => scale >= 1) ?? false;
}

function isEmpty(graph: Rewriter, name: string): boolean {
  const stored = graph.stored(name);
  return stored !== undefined && elementCount(stored.dims) === 0;
}

const scatter: RaiseRule = ({ node, opset }) =>
  opset < 11 ? [{ ...node, opType: 'ScatterElements' }] : null;

/** Half a pixel was not taken off. */
const roiAlign: RaiseRule = ({ node, opset }) =>
  opset < 16 ? [withAttributes(node, { coordinate_transformation_mode: string('output_half_pixel') })] : null;

/** Operators of which an older form means something else, beyond attributes that became inputs. All others stay. */
export const raiseRules: Readonly<Record<string, RaiseRule | undefined>> = {
  Split: split,
  BatchNormalization: batchNormalization,
  Dropout: dropout,
  Softmax: softmax,
  LogSoftmax: softmax,
  Hardmax: softmax,
  Upsample: upsample,
  Resize: resize,
  Scatter: scatter,
  RoiAlign: roiAlign,
};
