/**
 * Domain of each image by its source: 0 = the source that most come from, 1 = any other. Null where all come from one.
 */
export function domainsOf(sources: readonly string[]): number[] | null {
  const counts = new Map<string, number>();
  for (const source of sources) counts.set(source, (counts.get(source) ?? 0) + 1);
  if (counts.size < 2) return null;
  const most = Math.max(...counts.values());
  const main = sources.find((source) => counts.get(source) === most);
  return sources.map((source) => (source === main ? 0 : 1));
}
