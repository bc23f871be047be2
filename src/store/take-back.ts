import type { DatabaseSync } from 'node:sqlite';
import { invert, type Change } from '#core/changes.ts';

// Each generator gives the changes of one journal row at a time, so that a huge import never is in memory at once.

/** What takes a batch back: its rows, newest first, each inverted. */
export function* inverseOfBatch(db: DatabaseSync, batch: string): Generator<readonly Change[]> {
  const rows = db.prepare('SELECT seq FROM journal WHERE batch = ? ORDER BY seq DESC').all(batch);
  for (const row of rows) yield invert(changesOf(db, Number(row['seq'])));
}

/** What does a batch again: its rows in order. */
export function* repeatOfBatch(db: DatabaseSync, batch: string): Generator<readonly Change[]> {
  const rows = db.prepare('SELECT seq FROM journal WHERE batch = ? ORDER BY seq').all(batch);
  for (const row of rows) yield changesOf(db, Number(row['seq']));
}

/** What takes back all rows after `seq`, newest first, each inverted. People who joined stay. */
export function* inverseOfAllAfter(db: DatabaseSync, seq: number): Generator<readonly Change[]> {
  const rows = db
    .prepare(
      `SELECT seq FROM journal WHERE seq > ? AND changeCount > 0 AND action <> 'annotator.create'
       ORDER BY seq DESC`,
    )
    .all(seq);
  for (const row of rows) yield invert(changesOf(db, Number(row['seq'])));
}

function changesOf(db: DatabaseSync, seq: number): Change[] {
  const row = db.prepare('SELECT changes FROM journal WHERE seq = ?').get(seq);
  return JSON.parse(String(row?.['changes'] ?? '[]')) as Change[];
}
