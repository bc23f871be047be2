/** Numbers of a matrix: single precision where speed counts, double where exactness does. */
export type Floats = Float32Array | Float64Array;

/** Numbers row after row. */
export interface Matrix<T extends Floats = Floats> {
  readonly data: T;
  readonly rows: number;
  readonly cols: number;
}

/** The best matches of every query, best first: `k` entries a query, −1 and −Infinity where there are fewer. */
export interface Nearest {
  readonly k: number;
  readonly index: Int32Array;
  readonly similarity: Floats;
}

/** Rows to search among themselves; a row never finds one of its own group, and so never itself. */
export interface NearestOptions {
  readonly k: number;
  readonly groups: Int32Array;
}

/** The heavy linear algebra, as an argument: plain TypeScript in tests, onnxruntime in the trainer. */
export interface Algebra {
  /** `a · b`, or with one or both of them transposed. */
  multiply(
    a: Matrix,
    b: Matrix,
    options?: { readonly transposeA?: boolean; readonly transposeB?: boolean },
  ): Promise<Matrix>;
  /** For every row, the `k` rows of other groups with the largest inner product. Equal ones: lower row first. */
  nearest(rows: Matrix, options: NearestOptions): Promise<Nearest>;
}
