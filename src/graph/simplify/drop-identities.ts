import { must } from '#base/assert.ts';
import { attributeOf, ints } from '../attribute.ts';
import type { Model, Node } from '../model.ts';
import { inputOf, outputOf, standardNode } from './nodes.ts';
import { reshapeTo } from './reshape-to.ts';
import { rewrite, type Rewriter } from './rewriter.ts';

/**
 * The model without nodes that change nothing: Identity, Dropout as it is when not training, casts to the same type,
 * reshapes to the same shape, pads of nothing. Of several reshapes or transposes in a row, one stays.
 */
export function dropIdentities(model: Model): Model {
  return rewrite(model, (node, graph) => {
    if (node.domain !== '') return null;
    if (isIdentity(node, graph)) return bypassed(node, graph);
    if (reshapes.has(node.opType)) return joinedReshape(node, graph);
    return node.opType === 'Transpose' ? joinedTranspose(node, graph) : null;
  });
}

function bypassed(node: Node, graph: Rewriter): readonly Node[] | null {
  const [input = ''] = node.inputs;
  return graph.replace(outputOf(node), input) ? [] : null;
}

/** Operators that only change the shape. */
const reshapes = new Set(['Reshape', 'Flatten', 'Squeeze', 'Unsqueeze']);

type Test = (node: Node, graph: Rewriter) => boolean;

function isIdentity(node: Node, graph: Rewriter): boolean {
  return identityTests[node.opType]?.(node, graph) ?? false;
}

/** The output is known to be as large as the input. */
const keepsShape: Test = (node, graph) => {
  const from = graph.facts(inputOf(node, 0))?.dims;
  const to = graph.outputFacts(node)[0]?.dims;
  if (from === undefined || from.length !== to?.length) return false;
  return from.every((dim, axis) => dim !== null && dim === to[axis]);
};

/** Nothing asks which elements were dropped, and none is. */
const isInference: Test = (node, graph) => {
  const [, mask = ''] = node.outputs;
  const [, , training = ''] = node.inputs;
  const isTraining = training !== '' && graph.facts(training)?.integers?.[0] !== 0;
  return !isTraining && (mask === '' || graph.readers(mask) === 0);
};

const keepsType: Test = (node, graph) => {
  const from = graph.facts(inputOf(node, 0))?.type;
  return from !== undefined && from === graph.outputFacts(node)[0]?.type;
};

const isUnpadded: Test = (node, graph) =>
  graph.facts(inputOf(node, 1))?.integers?.every((pad) => pad === 0) ?? false;

const isWholeSlice: Test = (node, graph) => {
  const steps = inputOf(node, 4);
  const isForward = steps === '' || graph.facts(steps)?.integers?.every((step) => step === 1) === true;
  return isForward && keepsShape(node, graph);
};

const isSingle: Test = (node) => node.inputs.length === 1;

const identityTests: Readonly<Record<string, Test | undefined>> = {
  Identity: () => true,
  Dropout: isInference,
  Cast: keepsType,
  Reshape: keepsShape,
  Flatten: keepsShape,
  Squeeze: keepsShape,
  Unsqueeze: keepsShape,
  Expand: keepsShape,
  Tile: keepsShape,
  Slice: isWholeSlice,
  Pad: isUnpadded,
  Transpose: (node, graph) => orderOf(node, graph)?.every((from, axis) => from === axis) ?? false,
  Concat: isSingle,
  Sum: isSingle,
};

/** A reshape of a reshape reads what the first one reads. */
function joinedReshape(node: Node, graph: Rewriter): readonly Node[] | null {
  const before = graph.maker(inputOf(node, 0));
  if (before === undefined || before.domain !== '' || !reshapes.has(before.opType)) return null;
  const [input = ''] = before.inputs;
  const output = outputOf(node);
  const reshape = reshapeTo(graph, { input, output, dims: graph.outputFacts(node)[0]?.dims });
  return reshape === null ? null : [reshape];
}

/** Transposes one after the other are one. */
function joinedTranspose(node: Node, graph: Rewriter): readonly Node[] | null {
  const before = graph.maker(inputOf(node, 0));
  if (before?.opType !== 'Transpose') return null;
  const [first, second] = [orderOf(before, graph), orderOf(node, graph)];
  if (first === null || second === null) return null;
  const perm = second.map((axis) => must(first[axis], 'an axis'));
  const output = outputOf(node);
  return [standardNode('Transpose', [inputOf(before, 0)], { output, attributes: { perm: ints(perm) } })];
}

/** Where each axis of a Transpose comes from; null when not even their number is known. */
function orderOf(node: Node, graph: Rewriter): readonly number[] | null {
  const stated = attributeOf(node, 'perm', 'ints')?.map(Number);
  const rank = graph.facts(inputOf(node, 0))?.dims.length;
  if (stated !== undefined) return stated;
  return rank === undefined ? null : Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
}
