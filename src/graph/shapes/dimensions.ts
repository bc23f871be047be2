import type { Dimension } from '../model.ts';

// Arithmetic with sizes of which some are only names (the batch) and some unknown.

/** A product of sizes: its known part and the names in it. */
interface Product {
  readonly known: number;
  readonly names: readonly string[];
}

/** Null: a factor is unknown. */
function productOf(dims: readonly Dimension[]): Product | null {
  if (dims.includes(null)) return null;
  const numbers = dims.filter((dim) => typeof dim === 'number');
  return {
    known: numbers.reduce((product, dim) => product * dim, 1),
    names: dims.filter((dim) => typeof dim === 'string'),
  };
}

/** The product as one size: a number, the one name in it, or null where neither says it. */
export function product(dims: readonly Dimension[]): Dimension {
  if (dims.includes(0)) return 0;
  const found = productOf(dims);
  if (found === null) return null;
  return asDimension(found);
}

/** What the first sizes hold for each element of the others; null where it is not known. */
export function quotient(dims: readonly Dimension[], others: readonly Dimension[]): Dimension {
  const [all, part] = [productOf(dims), productOf(others)];
  if (all === null || part === null || part.known === 0 || all.known % part.known !== 0) return null;
  const names = [...all.names];
  for (const name of part.names) {
    const at = names.indexOf(name);
    if (at < 0) return null;
    names.splice(at, 1);
  }
  return asDimension({ known: all.known / part.known, names });
}

function asDimension({ known, names }: Product): Dimension {
  const [name] = names;
  if (name === undefined) return known;
  return names.length === 1 && known === 1 ? name : null;
}

/** The shape of an elementwise operation (numpy's rule); undefined where the shapes don't fit. */
export function broadcast(
  first: readonly Dimension[],
  second: readonly Dimension[],
): readonly Dimension[] | undefined {
  const rank = Math.max(first.length, second.length);
  const dims: Dimension[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const a = sizeFromEnd(first, rank - axis);
    const b = sizeFromEnd(second, rank - axis);
    const isClash = typeof a === 'number' && typeof b === 'number' && a !== b && a !== 1 && b !== 1;
    if (isClash) return undefined;
    dims.push(broadcastSize(a, b));
  }
  return dims;
}

function sizeFromEnd(dims: readonly Dimension[], distance: number): Dimension {
  return distance > dims.length ? 1 : (dims[dims.length - distance] ?? null);
}

function broadcastSize(a: Dimension, b: Dimension): Dimension {
  if (a === b || b === 1) return a;
  if (a === 1) return b;
  // Of an unknown size and a number other than 1, the number must be it.
  if (typeof a === 'number') return a;
  return typeof b === 'number' ? b : null;
}
