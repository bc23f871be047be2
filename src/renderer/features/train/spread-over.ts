/** So many items, as far apart as they can be; other ones in each round. */
export function spreadOver<T>(
  items: readonly T[],
  { count, round }: { readonly count: number; readonly round: number },
): readonly T[] {
  const taken = Math.min(count, items.length);
  const apart = items.length / taken;
  // The golden ratio: rounds that follow each other begin far from each other and come back late.
  const start = ((round * 0.618) % 1) * apart;
  return Array.from({ length: taken }, (_, i) => items[Math.floor(start + i * apart)] as T);
}
