import { assert } from '#base/assert.ts';
import type { Matrix } from './algebra.ts';

/** A symmetric tridiagonal matrix T with the rotation that made it: A = basisᵀ · T · basis. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** T[i, i + 1]; the last entry is 0. */
  readonly offDiagonal: Float64Array;
  /** n × n, orthogonal. */
  readonly basis: Matrix<Float64Array>;
}

/** Reduces a symmetric matrix by Householder reflections (Golub & Van Loan, Matrix Computations, 8.3.1). */
export function tridiagonalise({ data, rows: n, cols }: Matrix): Tridiagonal {
  assert(n === cols, `a symmetric matrix is square, not ${n} × ${cols}`);
  const a = Float64Array.from(data);
  const offDiagonal = new Float64Array(n);
  const reflectors: Float64Array[] = [];
  for (let k = 0; k < n - 1; k++) {
    const reflector = reflectorOf(a, k, n);
    offDiagonal[k] = reflector.image;
    reflectors.push(reflector.direction);
    reflectBothSides(a, reflector.direction, n);
  }
  const diagonal = Float64Array.from({ length: n }, (_, i) => a[i * n + i] as number);
  return { diagonal, offDiagonal, basis: { data: productOf(reflectors, n), rows: n, cols: n } };
}

/**
 * The reflection I − v·vᵀ (v of length √2, or all 0) that moves column k below the diagonal onto its first entry, and
 * that entry.
 */
function reflectorOf(a: Float64Array, k: number, n: number): { direction: Float64Array; image: number } {
  const direction = new Float64Array(n);
  let rest = 0;
  for (let i = k + 1; i < n; i++) {
    direction[i] = a[k * n + i] as number;
    if (i > k + 1) rest += (direction[i] as number) ** 2;
  }
  const first = direction[k + 1] as number;
  if (rest === 0) return { direction: direction.fill(0), image: first };
  const image = -Math.sign(first || 1) * Math.sqrt(first * first + rest);
  direction[k + 1] = first - image;
  const scale = Math.sqrt(2 / (rest + (first - image) ** 2));
  return { direction: direction.map((value) => value * scale), image };
}

/** a ← (I − v·vᵀ) · a · (I − v·vᵀ); v is 0 up to its first entry, which is never read. */
function reflectBothSides(a: Float64Array, v: Float64Array, n: number): void {
  const start = v.findIndex((value) => value !== 0);
  if (start === -1) return;
  const shift = new Float64Array(n);
  let along = 0;
  for (let i = start; i < n; i++) {
    let sum = 0;
    for (let j = start; j < n; j++) sum += (a[i * n + j] as number) * (v[j] as number);
    shift[i] = sum;
    along += sum * (v[i] as number);
  }
  for (let i = start; i < n; i++) shift[i] = (shift[i] as number) - (along / 2) * (v[i] as number);
  for (let i = start; i < n; i++) {
    const [vi, si] = [v[i] as number, shift[i] as number];
    for (let j = start; j < n; j++) {
      a[i * n + j] = (a[i * n + j] as number) - vi * (shift[j] as number) - si * (v[j] as number);
    }
  }
}

/** … · H₁ · H₀, from the last reflection back: what earlier ones touch is then still an identity elsewhere. */
function productOf(reflectors: readonly Float64Array[], n: number): Float64Array {
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  for (const v of reflectors.toReversed()) {
    const start = v.findIndex((value) => value !== 0);
    if (start === -1) continue;
    for (let i = start; i < n; i++) {
      let sum = 0;
      for (let j = start; j < n; j++) sum += (q[i * n + j] as number) * (v[j] as number);
      for (let j = start; j < n; j++) q[i * n + j] = (q[i * n + j] as number) - sum * (v[j] as number);
    }
  }
  return q;
}
