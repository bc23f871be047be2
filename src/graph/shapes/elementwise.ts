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
  return output === undefined ? [] : [withIntegers(output, integerArithmetic(node))];
};

const operations: Readonly<Record<string, (a: number, b: number, node: NodeFacts) => Dimension>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b, node) => wholeQuotient(node, a, b),
};

function integerArithmetic(node: NodeFacts): readonly Dimension[] {
  const operation = operations[node.node.opType];
  if (operation === undefined) return [];
  return paired([node.integers(0), node.integers(1)]).map(([x = null, y = null]) =>
    typeof x === 'number' && typeof y === 'number' ? operation(x, y, node) : unchanged(node, x, y),
  );
}

function wholeQuotient(node: NodeFacts, a: number, b: number): Dimension {
  if (b === 0) return null;
  const isInteger = node.input(0).type.startsWith('int');
  return isInteger || a % b === 0 ? Math.trunc(a / b) : null;
}

/** A named size stays itself when multiplied or divided by 1, or when 0 is added. */
function unchanged({ node }: NodeFacts, x: Dimension, y: Dimension): Dimension {
  const neutral = node.opType === 'Mul' || node.opType === 'Div' ? 1 : 0;
  return y === neutral ? x : null;
}

/** Comparisons and what else answers yes or no. */
export const truth: ShapeRule = (node) => [{ type: 'bool', dims: broadcastAll(node) }];

/** Exporters compare shapes with −1 before they expand to them. */
export const equal: ShapeRule = (node) => {
  const [output] = truth(node);
  const integers = paired([node.integers(0), node.integers(1)]).map(([a = null, b = null]) => isEqual(a, b));
  return output === undefined ? [] : [withIntegers(output, integers)];
};

/** A named size is at least 0. */
function isEqual(a: Dimension, b: Dimension): Dimension {
  if (a === null || b === null) return null;
  if (typeof a === typeof b) return a === b ? 1 : typeof a === 'number' ? 0 : null;
  return Number(typeof a === 'number' ? a : b) < 0 ? 0 : null;
}

/** Condition, then what is chosen from. */
export const where: ShapeRule = (node) => {
  const parts = paired([node.integers(0), node.integers(1), node.integers(2)]);
  const integers = parts.map(([condition = null, a = null, b = null]) => {
    if (condition === null) return a === b ? a : null;
    return condition === 1 ? a : b;
  });
  return [withIntegers({ type: node.input(1).type, dims: broadcastAll(node) }, integers)];
};

/** The numbers at each place of vectors of which some are single numbers; none where a vector is not known. */
function paired(vectors: readonly (readonly Dimension[] | null)[]): readonly (readonly Dimension[])[] {
  const length = Math.max(...vectors.map((vector) => vector?.length ?? 0));
  if (vectors.includes(null)) return [];
  return Array.from({ length }, (_, i) =>
    vectors.map((vector) => vector?.[vector.length === 1 ? 0 : i] ?? null),
  );
}

function withIntegers(facts: Facts, integers: readonly Dimension[]): Facts {
  return integers.length > 0 && facts.dims.length <= 1 ? { ...facts, integers } : facts;
}

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
