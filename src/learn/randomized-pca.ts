import type { Random } from '#base/random.ts';
import type { Algebra, Matrix } from './algebra.ts';
import { orthonormalColumns } from './orthonormal.ts';
import { fitPca } from './pca.ts';

/** Directions in which centred rows differ most. */
export interface LeadingComponents {
  /** One unit vector a row, most varying first. */
  readonly components: Matrix;
  /** Variance along each component (n − 1 in the denominator). */
  readonly variances: Float64Array;
}

export interface LeadingOptions {
  /** How many; fewer where the matrix has fewer rows or columns. */
  readonly count: number;
  readonly random: Random;
}

// More directions than asked for, and a few rounds, make the leading ones as good as exact (Halko et al., section 4).
const spare = 40;
const rounds = 3;

/**
 * The leading principal components of a matrix with many columns, by subspace iteration from random directions
 * (Halko, Martinsson & Tropp 2011). Every half round is made orthonormal, so single precision is enough.
 * @param centred rows whose mean is 0
 */
export async function leadingComponents(
  algebra: Algebra,
  centred: Matrix,
  { count, random }: LeadingOptions,
): Promise<LeadingComponents> {
  const { rows, cols } = centred;
  const width = Math.min(count + spare, rows, cols);
  let basis: Matrix = {
    data: Float32Array.from({ length: cols * width }, () => random.normal()),
    rows: cols,
    cols: width,
  };
  for (let round = 0; round < rounds; round++) {
    const image = await orthonormalColumns(algebra, await algebra.multiply(centred, basis));
    basis = await orthonormalColumns(algebra, await algebra.multiply(centred, image, { transposeA: true }));
  }
  const coordinates = await algebra.multiply(centred, basis);
  const { components, variances } = await fitPca(algebra, coordinates, count);
  return {
    components: await algebra.multiply(components, basis, { transposeB: true }),
    variances,
  };
}
