import { subgraphs } from './attribute.ts';
import type { Graph } from './model.ts';

/** All names of values in a graph and in the graphs inside it. */
export function namesOf(graph: Graph): ReadonlySet<string> {
  const inNodes = graph.nodes.flatMap((node) => [
    ...node.inputs,
    ...node.outputs,
    ...subgraphs(node).flatMap((inner) => [...namesOf(inner)]),
  ]);
  const own = [...graph.inputs, ...graph.outputs].map(({ name }) => name);
  return new Set([...own, ...graph.initializers.keys(), ...inNodes]);
}
