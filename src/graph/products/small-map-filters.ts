import { attributeOf } from '../attribute.ts';
import type { Model, Node } from '../model.ts';
import { inferTypes, type ValueFacts } from '../shapes/infer-types.ts';

/** Maps of at most this many pixels hold too few columns for one product an image (docs/adr/0010). */
const largestMap = 16;

/**
 * The stored filters of dense convolutions whose output is a small map. Written as one matrix product over all images
 * these train several times faster: their filters are larger than what they are applied to.
 */
export function smallMapFilters(model: Model): ReadonlySet<string> {
  const facts = inferTypes(model);
  if (!facts.ok) return new Set();
  const readers = countReaders(model.graph.nodes);
  const filters = model.graph.nodes
    .filter((node) => isDenseOnSmallMap(node, facts.value))
    .map((node) => node.inputs[1] ?? '');
  return new Set(filters.filter((name) => model.graph.initializers.has(name) && readers.get(name) === 1));
}

function isDenseOnSmallMap(node: Node, facts: ValueFacts): boolean {
  if (node.opType !== 'Conv' || Number(attributeOf(node, 'group', 'int') ?? 1) !== 1) return false;
  const [, , height, width, more] = facts.get(node.outputs[0] ?? '')?.dims ?? [];
  const isImage = typeof height === 'number' && typeof width === 'number' && more === undefined;
  return isImage && height * width <= largestMap;
}

function countReaders(nodes: readonly Node[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of nodes.flatMap(({ inputs }) => inputs)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
