import type { DatabaseSync } from 'node:sqlite';

/** Reads a pragma whose answer is one number, for example `user_version`. */
export function pragmaNumber(db: DatabaseSync, name: string): number {
  const row = db.prepare(`PRAGMA ${name}`).get() ?? {};
  return Number(Object.values(row)[0] ?? 0);
}
