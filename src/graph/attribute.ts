import { assert } from '#base/assert.ts';
import type { Attribute, AttributeKind, AttributeValues, Graph, Node, Tagged } from './model.ts';
import type { Tensor } from './tensor.ts';

// Attributes are tagged with their kind because 1 may be an int or a float: `{ axis: int(1), alpha: float(1) }`.

/** Rounded as the file stores it, to float32. */
export function float(value: number): Attribute {
  return { kind: 'float', value: Math.fround(value) };
}

export function int(value: number | bigint): Attribute {
  return { kind: 'int', value: BigInt(value) };
}

export function string(value: string): Attribute {
  return { kind: 'string', value };
}

export function floats(value: readonly number[]): Attribute {
  return { kind: 'floats', value: value.map(Math.fround) };
}

export function ints(value: readonly (number | bigint)[]): Attribute {
  return { kind: 'ints', value: value.map(BigInt) };
}

export function strings(value: readonly string[]): Attribute {
  return { kind: 'strings', value };
}

export function tensor(value: Tensor): Attribute {
  return { kind: 'tensor', value };
}

export function graph(value: Graph): Attribute {
  return { kind: 'graph', value };
}

/** The value of a node's attribute, or undefined when the node leaves it to its default. */
export function attributeOf<Kind extends AttributeKind>(
  node: Node,
  name: string,
  kind: Kind,
): AttributeValues[Kind] | undefined {
  const attribute = node.attributes.get(name);
  if (attribute === undefined) return undefined;
  assert(attribute.kind === kind, `${node.opType} has ${name} as ${attribute.kind}, not ${kind}`);
  return (attribute as Tagged<Kind>).value;
}

/** The graphs inside a node: branches of If, bodies of Loop and Scan. */
export function subgraphs(node: Node): readonly Graph[] {
  return [...node.attributes.values()].flatMap((attribute) => {
    if (attribute.kind === 'graph') return [attribute.value];
    return attribute.kind === 'graphs' ? attribute.value : [];
  });
}
