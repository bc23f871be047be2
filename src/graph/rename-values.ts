import type { Attribute, Graph, Node, ValueInfo } from './model.ts';

type Names = ReadonlyMap<string, string>;

/** The graph with values renamed wherever they occur, also inside the graphs of its nodes. */
export function renameValues(graph: Graph, names: Names): Graph {
  const rename = (name: string): string => names.get(name) ?? name;
  const renameInfo = (value: ValueInfo): ValueInfo => ({ ...value, name: rename(value.name) });
  return {
    ...graph,
    nodes: graph.nodes.map((node) => renameInNode(node, names)),
    initializers: new Map([...graph.initializers].map(([name, tensor]) => [rename(name), tensor])),
    inputs: graph.inputs.map(renameInfo),
    outputs: graph.outputs.map(renameInfo),
    values: graph.values.map(renameInfo),
  };
}

/** The node with values renamed in its inputs, outputs and inner graphs (names are unique over all of them). */
export function renameInNode(node: Node, names: Names): Node {
  const rename = (name: string): string => names.get(name) ?? name;
  return {
    ...node,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
    attributes: new Map([...node.attributes].map(([name, value]) => [name, renameInAttribute(value, names)])),
  };
}

function renameInAttribute(attribute: Attribute, names: Names): Attribute {
  if (attribute.kind === 'graph') return { kind: 'graph', value: renameValues(attribute.value, names) };
  if (attribute.kind !== 'graphs') return attribute;
  return { kind: 'graphs', value: attribute.value.map((inner) => renameValues(inner, names)) };
}
