import type { Attribute, Node } from '../model.ts';

type Attributes = Readonly<Record<string, Attribute>>;

/** The name of an input; empty where it is left away. */
export function inputOf(node: Node, position: number): string {
  return node.inputs[position] ?? '';
}

/** The name of the first output. */
export function outputOf(node: Node): string {
  return node.outputs[0] ?? '';
}

/** A standard node of one output. It has no name: runtimes refuse two nodes of one name. */
export function standardNode(
  opType: string,
  inputs: readonly string[],
  { output, attributes = {} }: { output: string; attributes?: Attributes },
): Node {
  return {
    name: '',
    opType,
    domain: '',
    inputs,
    outputs: [output],
    attributes: new Map(Object.entries(attributes)),
    rest: [],
  };
}

/** The node with these attributes besides its own, or in place of them. */
export function withAttributes(node: Node, attributes: Attributes): Node {
  return { ...node, attributes: new Map([...node.attributes, ...Object.entries(attributes)]) };
}
