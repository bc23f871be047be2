/** SQLite takes at most 32,766 parameters a statement; smaller pieces also let the loop breathe in between. */
const chunkSize = 5000;

/** Queries piece by piece and joins what came back. */
export async function inChunks<T, R>(
  items: readonly T[],
  query: (chunk: readonly T[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const found: R[] = [];
  for (let start = 0; start < items.length; start += chunkSize) {
    if (start > 0) await new Promise((resolve) => setImmediate(resolve));
    found.push(...(await query(items.slice(start, start + chunkSize))));
  }
  return found;
}
