import { assert, must } from '#base/assert.ts';
import { feeds, type Graph, type Model, type Node, type ValueInfo } from './model.ts';
import { renameValues } from './rename-values.ts';
import { namesOf } from './value-names.ts';

/**
 * One model out of two with the same operator sets: the one output of the first feeds the one input of the second.
 * Inputs of the first and outputs of the second keep their names; other names that both use change. What the models
 * say of themselves is taken from both, the second's where they differ.
 */
export function chain(first: Model, second: Model): Model {
  const taken = new Set([...namesOf(first.graph), ...namesOf(second.graph)]);
  const tail = withFreeNames(second.graph, new Set(first.graph.inputs.map(({ name }) => name)), taken);
  const head = withFreeNames(first.graph, namesOf(tail), taken);
  const joined = renameValues(tail, new Map([[onlyName(feeds(tail)), onlyName(head.outputs)]]));
  return {
    irVersion: Math.max(first.irVersion, second.irVersion),
    opsets: commonOpsets(first, second),
    producer: [...new Set([first.producer, second.producer])].join(', '),
    metadata: new Map([...first.metadata, ...second.metadata]),
    graph: {
      name: first.graph.name,
      nodes: withUniqueNames([...head.nodes, ...joined.nodes]),
      initializers: new Map([...head.initializers, ...joined.initializers]),
      inputs: head.inputs,
      outputs: joined.outputs,
      values: [...head.values, ...joined.values],
      rest: [...head.rest, ...joined.rest],
    },
    rest: [...first.rest, ...second.rest],
  };
}

/** The graph with other names in place of the unwanted ones; these are added to those taken. */
function withFreeNames(graph: Graph, unwanted: ReadonlySet<string>, taken: Set<string>): Graph {
  const names = new Map<string, string>();
  for (const name of namesOf(graph)) {
    if (name === '' || !unwanted.has(name)) continue;
    let number = 1;
    while (taken.has(`${name}_${number}`)) number++;
    names.set(name, `${name}_${number}`);
    taken.add(`${name}_${number}`);
  }
  return names.size === 0 ? graph : renameValues(graph, names);
}

/** Runtimes refuse two nodes of one name; no name is fine. */
function withUniqueNames(nodes: readonly Node[]): readonly Node[] {
  const seen = new Set(['']);
  return nodes.map((node) => {
    let name = node.name;
    for (let number = 1; seen.has(name) && node.name !== ''; number++) name = `${node.name}_${number}`;
    seen.add(name);
    return { ...node, name };
  });
}

function onlyName(values: readonly ValueInfo[]): string {
  assert(values.length === 1, `one value joins two models, not ${values.length}`);
  return must(values[0], 'a value').name;
}

function commonOpsets(first: Model, second: Model): ReadonlyMap<string, number> {
  for (const [domain, version] of first.opsets) {
    const other = second.opsets.get(domain) ?? version;
    assert(other === version, `operator set "${domain}" ${version} does not mix with ${other}`);
  }
  return new Map([...first.opsets, ...second.opsets]);
}
