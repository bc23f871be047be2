/** More classes than this are too many to read as a matrix. */
export const matrixLimit = 20;

/** Positions of the classes that are confused most, in their given order; all of them when they are few. */
export function mostConfused(values: readonly (readonly (number | null)[])[]): number[] {
  const positions = values.map((_, at) => at);
  if (values.length <= matrixLimit) return positions;
  const confused = positions.map((at) =>
    positions.reduce((sum, other) => {
      if (other === at) return sum;
      return sum + (values[at]?.[other] ?? 0) + (values[other]?.[at] ?? 0);
    }, 0),
  );
  return positions
    .sort((a, b) => (confused[b] ?? 0) - (confused[a] ?? 0))
    .slice(0, matrixLimit)
    .sort((a, b) => a - b);
}
