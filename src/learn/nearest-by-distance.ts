import type { Algebra, Matrix } from './algebra.ts';

// A block of products takes some 16 MB.
const blockElements = 4_000_000;

/** For every query the row at the smallest Euclidean distance; the first of equals. */
export async function nearestRow(
  algebra: Algebra,
  queries: Matrix,
  rows: Matrix,
): Promise<Int32Array<ArrayBuffer>> {
  const nearest = new Int32Array(queries.rows);
  await eachCloseness(algebra, { queries, rows }, (closeness, query) => {
    let best = 0;
    for (let row = 1; row < rows.rows; row++) {
      if ((closeness[row] as number) > (closeness[best] as number)) best = row;
    }
    nearest[query] = best;
  });
  return nearest;
}

/** For every row the `k` < rows other rows at the smallest Euclidean distances, nearest first: k entries a row. */
export async function nearestOthers(algebra: Algebra, rows: Matrix, k: number): Promise<Int32Array> {
  const found = new Int32Array(rows.rows * k);
  await eachCloseness(algebra, { queries: rows, rows }, (closeness, query) => {
    const others = Int32Array.from(closeness.keys()).filter((row) => row !== query);
    others.sort((a, b) => (closeness[b] as number) - (closeness[a] as number) || a - b);
    found.set(others.subarray(0, k), query * k);
  });
  return found;
}

/**
 * Tells for every query how close the rows are, in an order that is the reverse of their distances: |a − b|² is
 * |a|² − 2 (a · b − |b|² / 2), and |a|² is the same for all rows.
 */
async function eachCloseness(
  algebra: Algebra,
  { queries, rows }: { readonly queries: Matrix; readonly rows: Matrix },
  tell: (closeness: Float64Array, query: number) => void,
): Promise<void> {
  const halves = halfSquares(rows);
  const size = Math.max(16, Math.floor(blockElements / rows.rows));
  for (let start = 0; start < queries.rows; start += size) {
    const count = Math.min(size, queries.rows - start);
    const data = queries.data.subarray(start * queries.cols, (start + count) * queries.cols);
    const products = await algebra.multiply({ ...queries, data, rows: count }, rows, { transposeB: true });
    for (let query = 0; query < count; query++) {
      const own = products.data.subarray(query * rows.rows, (query + 1) * rows.rows);
      tell(
        halves.map((half, row) => (own[row] as number) - half),
        start + query,
      );
    }
  }
}

/** Half the squared length of every row. */
function halfSquares({ data, rows, cols }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let at = row * cols; at < (row + 1) * cols; at++) sum += (data[at] as number) ** 2;
    return sum / 2;
  });
}
