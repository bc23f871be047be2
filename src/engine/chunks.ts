import { setImmediate } from 'node:timers/promises';

/** SQLite takes at most 32,766 parameters a statement; pieces of this size take some milliseconds each. */
const chunkSize = 1000;

/** Does work piece by piece, lets the engine do something else in between, and joins what came of it. */
export async function inChunks<T, R>(
  items: readonly T[],
  work: (chunk: readonly T[]) => Promise<readonly R[]> | readonly R[],
): Promise<R[]> {
  const found: R[] = [];
  for (let start = 0; start < items.length; start += chunkSize) {
    if (start > 0) await setImmediate();
    for (const each of await work(items.slice(start, start + chunkSize))) found.push(each);
  }
  return found;
}
