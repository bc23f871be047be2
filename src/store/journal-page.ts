import { sql, type Kysely } from 'kysely';
import type { JournalEntry } from '#core/journal.ts';
import type { Database } from './schema.ts';

/** Which part of the time line: rows before `before` (null = from the newest), at most `limit`. */
export interface JournalPage {
  readonly before: number | null;
  readonly limit: number;
}

/** A journal row without its changes, but with their number, and whether it is undone now. */
export interface JournalLine extends Omit<JournalEntry, 'changes' | 'hash' | 'previousHash'> {
  readonly changes: number;
  readonly undone: boolean;
}

/** Reads a page of the time line, newest first. */
export async function readJournal(db: Kysely<Database>, page: JournalPage): Promise<JournalLine[]> {
  const rows = await db
    .selectFrom('journal as row')
    .select([
      'seq',
      'id',
      'time',
      'annotator',
      'session',
      'action',
      'detail',
      'batch',
      'target',
      'changeCount',
    ])
    .select((on) =>
      on
        .selectFrom('journal as later')
        .select('later.action')
        .whereRef('later.target', '=', 'row.batch')
        .orderBy('later.seq', 'desc')
        .limit(1)
        .as('fate'),
    )
    .where('seq', '<', page.before ?? Number.MAX_SAFE_INTEGER)
    .orderBy('seq', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map(({ detail, changeCount, fate, ...row }) => ({
    ...row,
    detail: JSON.parse(detail) as JournalEntry['detail'],
    changes: changeCount,
    undone: fate === 'undo',
  }));
}

/** The last row of a batch as a line of the time line, to say what undo or redo would do. */
export async function readBatchLine(
  db: Kysely<Database>,
  batch: string | undefined,
): Promise<JournalLine | null> {
  if (batch === undefined) return null;
  const last = await db
    .selectFrom('journal')
    .select(sql<number | null>`max(seq)`.as('seq'))
    .where('batch', '=', batch)
    .executeTakeFirst();
  if (typeof last?.seq !== 'number') return null;
  const [line] = await readJournal(db, { before: last.seq + 1, limit: 1 });
  return line ?? null;
}
