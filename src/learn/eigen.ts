import { assert } from '#base/assert.ts';
import type { Matrix } from './algebra.ts';
import { tridiagonalise } from './tridiagonal.ts';

/** A = Σ value · vectorᵀ · vector. */
export interface Eigen {
  /** Largest first. */
  readonly values: Float64Array;
  /** One unit vector a row, in the order of the values; its entry of largest magnitude is positive. */
  readonly vectors: Matrix<Float64Array>;
}

/** Eigenvalues and eigenvectors of a symmetric matrix, to double precision: a few seconds at 600 × 600. */
export function symmetricEigen(matrix: Matrix): Eigen {
  const n = matrix.rows;
  const { diagonal, offDiagonal, basis } = tridiagonalise(matrix);
  const chain = { diagonal, offDiagonal, vectors: basis.data };
  for (let low = 0; low < n; low++) {
    for (let high = endOfBlock(chain, low), round = 0; high > low; high = endOfBlock(chain, low), round++) {
      assert(round < 60, 'an eigenvalue converges within sixty steps');
      implicitStep(chain, low, high);
    }
  }
  return inOrder(diagonal, basis);
}

/** A tridiagonal matrix on its way to a diagonal one; the rows of `vectors` turn with it. */
interface Chain {
  readonly diagonal: Float64Array;
  readonly offDiagonal: Float64Array;
  readonly vectors: Float64Array;
}

/** Where the block from `low` ends: at the first coupling too small to matter. */
function endOfBlock({ diagonal, offDiagonal }: Chain, low: number): number {
  let end = low;
  for (; end < diagonal.length - 1; end++) {
    const size = Math.abs(diagonal[end] as number) + Math.abs(diagonal[end + 1] as number);
    if (Math.abs(offDiagonal[end] as number) <= Number.EPSILON * size) break;
  }
  return end;
}

/** One step of the implicit QL algorithm on the rows low … high (EISPACK, tql2). */
function implicitStep(chain: Chain, low: number, high: number): void {
  const { diagonal: d, offDiagonal: e } = chain;
  const coupling = e[low] as number;
  const gap = ((d[low + 1] as number) - (d[low] as number)) / (2 * coupling);
  const shift = coupling / (gap + Math.sign(gap || 1) * Math.sqrt(gap * gap + 1));
  let bulge = (d[high] as number) - (d[low] as number) + shift;
  let [sine, cosine, moved] = [1, 1, 0];
  for (let i = high - 1; i >= low; i--) {
    const spilled = sine * (e[i] as number);
    const kept = cosine * (e[i] as number);
    const length = Math.sqrt(spilled * spilled + bulge * bulge);
    e[i + 1] = length;
    if (length === 0) {
      d[i + 1] = (d[i + 1] as number) - moved;
      e[high] = 0;
      return;
    }
    sine = spilled / length;
    cosine = bulge / length;
    const reduced = (d[i + 1] as number) - moved;
    const turn = ((d[i] as number) - reduced) * sine + 2 * cosine * kept;
    moved = sine * turn;
    d[i + 1] = reduced + moved;
    bulge = cosine * turn - kept;
    rotateRows(chain, i, { sine, cosine });
  }
  d[low] = (d[low] as number) - moved;
  e[low] = bulge;
  e[high] = 0;
}

function rotateRows(
  { diagonal, vectors }: Chain,
  row: number,
  { sine, cosine }: { sine: number; cosine: number },
): void {
  const n = diagonal.length;
  for (let upper = row * n, lower = upper + n; upper < (row + 1) * n; upper++, lower++) {
    const [above, below] = [vectors[upper] as number, vectors[lower] as number];
    vectors[lower] = sine * above + cosine * below;
    vectors[upper] = cosine * above - sine * below;
  }
}

function inOrder(values: Float64Array, { data, rows: n }: Matrix<Float64Array>): Eigen {
  const order = Array.from(values.keys()).sort((a, b) => (values[b] as number) - (values[a] as number));
  const vectors = new Float64Array(n * n);
  for (const [place, from] of order.entries()) {
    vectors.set(upright(data.subarray(from * n, (from + 1) * n)), place * n);
  }
  return {
    values: Float64Array.from(order, (from) => values[from] as number),
    vectors: { data: vectors, rows: n, cols: n },
  };
}

// Entries this close count as equal: rounding must not decide which way a vector points.
const tie = 1 + 1e-9;

/** A vector or its opposite, so that its entry of largest magnitude (the first such) is positive. */
function upright(vector: Float64Array): Float64Array {
  const peak = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) * tie ? value : best), 0);
  return peak < 0 ? vector.map((value) => -value) : vector;
}
