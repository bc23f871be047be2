import { must } from '#base/assert.ts';
import { cut } from './cut.ts';
import { cutPoints, type CutPoint } from './cut-points.ts';
import { feeds, tensorType, type Model, type ValueInfo } from './model.ts';
import { elementCount } from './tensor.ts';
import { trainables } from './training/trainable.ts';

/** A network in two. */
export interface Split {
  /** Image → activation. */
  readonly trunk: Model;
  /** Activation → what the network gives. */
  readonly tail: Model;
  /** Of an activation, for one image. */
  readonly dims: readonly number[];
}

/** A network in two at one of its cut points; both keep the names of their values. */
export function splitAt(model: Model, { value, dims }: CutPoint): Split {
  const { graph } = model;
  const image = must(feeds(graph)[0], 'a network has an input');
  const batch = tensorType(image)?.dims?.[0] ?? null;
  const activation: ValueInfo = {
    name: value,
    type: { kind: 'tensor', type: 'float32', dims: [batch, ...dims] },
  };
  const trunk = cut(model, [value]);
  const made = graph.nodes.filter((node) => !node.outputs.includes(value));
  const after = { ...graph, nodes: made, inputs: [activation] };
  const tail = cut(
    { ...model, graph: after },
    graph.outputs.map(({ name }) => name),
  );
  return { trunk: { ...trunk, graph: { ...trunk.graph, outputs: [activation] } }, tail, dims };
}

/**
 * A network in two so that the tail holds the last `count` layers with weights, and as few others as there have to be;
 * of the places for that the one with the smallest activation. Null where the trunk would have no layer.
 */
export function splitBefore(model: Model, count: number): Split | null {
  const splits = cutPoints(model)
    .map((point) => splitAt(model, point))
    .filter(({ trunk, tail }) => layerCount(trunk) > 0 && layerCount(tail) >= count);
  const fewest = Math.min(...splits.map(({ tail }) => layerCount(tail)));
  const places = splits.filter(({ tail }) => layerCount(tail) === fewest);
  const smallest = Math.min(...places.map(({ dims }) => elementCount(dims)));
  return places.findLast(({ dims }) => elementCount(dims) === smallest) ?? null;
}

function layerCount({ graph }: Model): number {
  return Math.max(0, ...trainables(graph).map(({ layer }) => layer + 1));
}
