/**
 * The strongest tint of a matrix cell, in percent of the tint colour mixed into the surface. Text on it keeps a
 * contrast of 4.5 in both themes; the test computes it.
 */
export const strongestTint = 44;
const weakestTint = 6;

/**
 * How strongly a cell is tinted: by its share of its row, as a square root, so that one per cent is still seen.
 * Returns 0 for an empty cell, otherwise a whole number of percent.
 */
export function cellTint(count: number, rowTotal: number): number {
  if (count <= 0 || rowTotal <= 0) return 0;
  const share = Math.min(count / rowTotal, 1);
  return Math.round(weakestTint + (strongestTint - weakestTint) * Math.sqrt(share));
}
