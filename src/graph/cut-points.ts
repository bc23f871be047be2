import { must } from '#base/assert.ts';
import { cut, readsOf } from './cut.ts';
import { feeds, type Dimension, type Model } from './model.ts';
import { inferTypes } from './shapes/infer-types.ts';

/** A value through which all goes that a network makes of its input. */
export interface CutPoint {
  readonly value: string;
  /** Its size for one image. */
  readonly dims: readonly number[];
}

/**
 * The values at which a network falls in two, from input to output: float32, one row for each image, and all that what
 * comes after knows of the image.
 * @param model of one input and one output, simplified
 */
export function cutPoints(model: Model): readonly CutPoint[] {
  const facts = inferTypes(model);
  if (!facts.ok) return [];
  const input = must(feeds(model.graph)[0], 'a network has an input').name;
  const batch = facts.value.get(input)?.dims[0];
  return bottlenecks(model).flatMap((value) => {
    const { type, dims } = facts.value.get(value) ?? {};
    const [first, ...rest] = dims ?? [];
    const isRowPerImage = type === 'float32' && first === batch && rest.every(isNumber);
    return isRowPerImage ? [{ value, dims: rest }] : [];
  });
}

function isNumber(dim: Dimension): dim is number {
  return typeof dim === 'number';
}

/**
 * Values that every way from the input to the output passes. Nodes stand in an order in which they can run, so these
 * are where of all that depends on the input a single value is still to be read.
 */
function bottlenecks({ graph, ...model }: Model): readonly string[] {
  const outputs = graph.outputs.map(({ name }) => name);
  const { nodes } = cut({ ...model, graph }, outputs).graph;
  const lastReads = new Map(nodes.flatMap((node, at) => readsOf(node).map((name) => [name, at] as const)));
  const open = new Set(feeds(graph).map(({ name }) => name));
  const found: string[] = [];
  for (const [at, node] of nodes.entries()) {
    const read = readsOf(node).filter((name) => open.has(name));
    if (read.length === 0) continue;
    for (const name of read) if (lastReads.get(name) === at) open.delete(name);
    for (const name of node.outputs) if (lastReads.has(name)) open.add(name);
    const [only, ...others] = open;
    if (only !== undefined && others.length === 0) found.push(only);
  }
  return found;
}
