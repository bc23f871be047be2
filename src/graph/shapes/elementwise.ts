import type { Dimension } from '../model.ts';
import { dataTypes } from '../data-type.ts';
import { broadcast } from './dimensions.ts';
import { like, type Facts, type NodeFacts, type ShapeRule } from './facts.ts';

/** The output is like the first input. */
export const sameAsFirst: ShapeRule = (node) => [node.input(0)].map(({ type, dims }) => ({ type, dims }));

/** Dimensions to which all inputs broadcast. */
export function broadcastAll(node: NodeFacts): readonly Dimension[] {
  let dims: readonly Dimension[] = [];
  for (let input = 0; input < node.inputCount; input++) {
    const next = broadcast(dims, node.dims(input));
    dims = next ?? node.fail(`[${dims.join(', ')}] and [${node.dims(input).join(', ')}] don't fit together`);
  }
  return dims;
}

/** Elementwise with broadcasting; small integer tensors are computed, too, because shapes are made of them. */
export const arithmetic: ShapeRule = (node) => {
  const [output] = like(node, broadcastAll(node));
  const integers = integerArithmetic(node);
  return output === undefined ? [] : [integers === null ? output : { ...output, integers }];
};

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => Math.trunc(a / b),
};

function integerArithmetic(node: NodeFacts): readonly Dimension[] | null {
  const operation = operations[node.node.opType];
  const [a, b] = [node.integers(0), node.integers(1)];
  if (operation === undefined || a === null || b === null) return null;
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => {
    const [x, y] = [a[a.length === 1 ? 0 : i] ?? null, b[b.length === 1 ? 0 : i] ?? null];
    return typeof x === 'number' && typeof y === 'number' ? operation(x, y) : unchanged(node, x, y);
  });
}

/** A named size stays itself when multiplied or divided by 1, or when 0 is added. */
function unchanged({ node }: NodeFacts, x: Dimension, y: Dimension): Dimension {
  const neutral = node.opType === 'Mul' || node.opType === 'Div' ? 1 : 0;
  return y === neutral ? x : null;
}

/** Comparisons and what else answers yes or no. */
export const truth: ShapeRule = (node) => [{ type: 'bool', dims: broadcastAll(node) }];

/** Condition, then what is chosen from. */
export const where: ShapeRule = (node) => [{ type: node.input(1).type, dims: broadcastAll(node) }];

export const cast: ShapeRule = (node) => {
  const { dims, integers } = node.input(0);
  const facts: Facts = { type: dataTypes[node.int('to', 1)] ?? 'undefined', dims };
  return [integers === undefined ? facts : { ...facts, integers }];
};

/** Output and, optionally, the mask of what was kept. */
export const dropout: ShapeRule = (node) => {
  const { type, dims } = node.input(0);
  return [
    { type, dims },
    { type: 'bool', dims },
  ];
};
