import { assert } from '#base/assert.ts';
import { subgraphs } from './attribute.ts';
import type { Graph, Model, Node, ValueInfo } from './model.ts';

/**
 * The part of a model that the given values need: they become its outputs; nodes, initializers and inputs that do not
 * lead to them go. What was noted about values in between goes, too, because sizes may change with the cut.
 */
export function cut(model: Model, outputs: readonly string[]): Model {
  const { graph } = model;
  const needed = neededValues(graph, outputs);
  return {
    ...model,
    graph: {
      ...graph,
      nodes: graph.nodes.filter((node) => node.outputs.some((name) => needed.has(name))),
      initializers: new Map([...graph.initializers].filter(([name]) => needed.has(name))),
      inputs: graph.inputs.filter((input) => needed.has(input.name)),
      outputs: outputs.map((name) => describe(graph, name)),
      values: [],
    },
  };
}

/** The node that makes each value. */
export function producers(graph: Graph): ReadonlyMap<string, Node> {
  return new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node])));
}

function neededValues(graph: Graph, outputs: readonly string[]): ReadonlySet<string> {
  const madeBy = producers(graph);
  const needed = new Set<string>();
  const waiting = [...outputs];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (needed.has(name) || name === '') continue;
    needed.add(name);
    const node = madeBy.get(name);
    if (node) waiting.push(...readsOf(node));
  }
  return needed;
}

/** What a node reads, also from inside its graphs. Names that are inner to those find no producer and do no harm. */
export function readsOf(node: Node): readonly string[] {
  const inner = subgraphs(node).flatMap((graph) => [
    ...graph.nodes.flatMap(readsOf),
    ...graph.outputs.map(({ name }) => name),
  ]);
  return [...node.inputs, ...inner];
}

function describe(graph: Graph, name: string): ValueInfo {
  const known = [...graph.outputs, ...graph.values, ...graph.inputs].find((value) => value.name === name);
  assert(known !== undefined || producers(graph).has(name), `the model has a value named ${name}`);
  return known ?? { name, type: { kind: 'other', rest: [] } };
}
