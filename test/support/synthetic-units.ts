import { seededRandom } from '#base/random.ts';

export interface SyntheticUnits {
  readonly features: {
    readonly data: Float32Array<ArrayBuffer>;
    readonly rows: number;
    readonly cols: number;
  };
  /** Labels as given: some flipped to another class. */
  readonly labels: Int32Array<ArrayBuffer>;
  readonly truth: Int32Array<ArrayBuffer>;
  readonly groups: Int32Array<ArrayBuffer>;
  readonly classCount: number;
}

export interface SyntheticOptions {
  readonly rows: number;
  readonly cols: number;
  readonly classCount: number;
  /** Share of labels that are wrong. */
  readonly noise: number;
  readonly seed: number;
  /** Distance of the class means in standard deviations. */
  readonly spread?: number;
}

/** Embeddings drawn around one mean a class, with labels of which a known share is wrong. */
export function syntheticUnits({
  rows,
  cols,
  classCount,
  noise,
  seed,
  spread = 3,
}: SyntheticOptions): SyntheticUnits {
  const random = seededRandom(seed);
  const means = Float64Array.from(
    { length: classCount * cols },
    () => (random.normal() * spread) / Math.sqrt(cols),
  );
  const truth = Int32Array.from({ length: rows }, () => random.int(classCount));
  const data = new Float32Array(rows * cols);
  for (const [row, label] of truth.entries()) {
    for (let col = 0; col < cols; col++)
      data[row * cols + col] = means[label * cols + col]! + random.normal();
  }
  const labels = truth.map((label) =>
    random.next() < noise ? (label + 1 + random.int(classCount - 1)) % classCount : label,
  );
  return { features: { data, rows, cols }, labels, truth, groups: Int32Array.from(truth.keys()), classCount };
}
