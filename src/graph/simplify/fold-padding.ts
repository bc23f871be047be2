import { attributeOf, ints, string } from '../attribute.ts';
import type { Model, Node } from '../model.ts';
import { inputOf, withAttributes } from './nodes.ts';
import { rewrite, type Rewriter } from './rewriter.ts';

/** The model with each Pad of zeros that only a convolution reads made part of that convolution. */
export function foldPadding(model: Model): Model {
  return rewrite(model, (node, graph) => {
    const pad = graph.maker(inputOf(node, 0));
    if (pad?.opType !== 'Pad' || !isUnpaddedConv(node)) return null;
    const pads = spatialPads(pad, graph);
    if (pads === null) return null;
    const inputs = [inputOf(pad, 0), ...node.inputs.slice(1)];
    return [withAttributes({ ...node, inputs }, { auto_pad: string('NOTSET'), pads: ints(pads) })];
  });
}

function isUnpaddedConv(node: Node): boolean {
  if (node.opType !== 'Conv' || node.domain !== '') return false;
  const autoPad = attributeOf(node, 'auto_pad', 'string') ?? 'NOTSET';
  const pads = attributeOf(node, 'pads', 'ints') ?? [];
  return autoPad === 'VALID' || (autoPad === 'NOTSET' && pads.every((count) => count === 0n));
}

/** Elements added along the spatial axes, begins and then ends; null where other axes or other values are added. */
function spatialPads(pad: Node, graph: Rewriter): readonly number[] | null {
  const pads = graph.facts(inputOf(pad, 1))?.integers?.filter((count) => typeof count === 'number');
  const isConstant = (attributeOf(pad, 'mode', 'string') ?? 'constant') === 'constant';
  if (pads === undefined || !isConstant || !isFilledWithZero(pad, graph) || inputOf(pad, 3) !== '')
    return null;
  const rank = pads.length / 2;
  const isOuter = (i: number): boolean => i % rank < 2;
  const isSpatial = pads.every((count, i) => (isOuter(i) ? count === 0 : count >= 0));
  return isSpatial ? pads.filter((_, i) => !isOuter(i)) : null;
}

function isFilledWithZero(pad: Node, graph: Rewriter): boolean {
  const fill = inputOf(pad, 2);
  return fill === '' || graph.facts(fill)?.scales?.[0] === 0;
}
