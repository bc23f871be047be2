import { sql, type Kysely } from 'kysely';
import { must } from '#base/assert.ts';
import type { JournalEntry } from '#core/journal.ts';
import type { Database } from './schema.ts';

/** Which part of the time line: actions that ended before row `before` (null = from the newest), at most `limit`. */
export interface JournalPage {
  readonly before: number | null;
  readonly limit: number;
}

/** What was done, with the values for its sentence; the count is that of all rows of its batch. */
export type DoneAction = Pick<JournalEntry, 'action' | 'detail'>;

/**
 * An action as the time line shows it: the last row of its batch, with the number of all changes of the batch in place
 * of the changes, whether it is undone now, and the action that it took back or did again.
 */
export interface JournalLine extends Omit<JournalEntry, 'changes' | 'hash' | 'previousHash'> {
  readonly changes: number;
  readonly undone: boolean;
  readonly targetAction: DoneAction | null;
}

/** Reads a page of the time line, newest first. */
export async function readJournal(db: Kysely<Database>, page: JournalPage): Promise<JournalLine[]> {
  const rows = await db
    .selectFrom('journal as row')
    .select(['seq', 'id', 'time', 'annotator', 'session', 'batch', 'target'])
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
    .where('seq', '=', (on) =>
      on
        .selectFrom('journal as part')
        .select((of) => of.fn.max('part.seq').as('last'))
        .whereRef('part.batch', '=', 'row.batch'),
    )
    .orderBy('seq', 'desc')
    .limit(page.limit)
    .execute();
  const batches = await readBatches(
    db,
    rows.flatMap(({ batch, target }) => [batch, ...(target === null ? [] : [target])]),
  );
  return rows.map(({ fate, ...row }) => {
    const { changes, ...done } = must(batches.get(row.batch), 'every row is of a batch');
    const target = row.target === null ? undefined : batches.get(row.target);
    const targetAction = target === undefined ? null : { action: target.action, detail: target.detail };
    return { ...row, ...done, changes, undone: fate === 'undo', targetAction };
  });
}

interface Batch extends DoneAction {
  readonly changes: number;
}

/** What batches did: the last row of each, whose columns SQLite gives beside a lone `max`, with the sums of all. */
async function readBatches(db: Kysely<Database>, batches: readonly string[]): Promise<Map<string, Batch>> {
  const rows = await db
    .selectFrom('journal')
    .select(['batch', 'action', 'detail'])
    .select((of) => of.fn.max('seq').as('last'))
    .select((of) => of.fn.sum<number>('changeCount').as('changes'))
    .select(sql<number | null>`sum(detail ->> 'count')`.as('count'))
    .where('batch', 'in', batches)
    .groupBy('batch')
    .execute();
  return new Map(
    rows.map(({ batch, action, detail, changes, count }) => {
      const last = JSON.parse(detail) as JournalEntry['detail'];
      return [batch, { action, detail: count === null ? last : { ...last, count }, changes }];
    }),
  );
}

/** A batch as a line of the time line, to say what undo or redo would do. */
export async function readBatchLine(
  db: Kysely<Database>,
  batch: string | undefined,
): Promise<JournalLine | null> {
  if (batch === undefined) return null;
  const { seq } = await db
    .selectFrom('journal')
    .select((of) => of.fn.max<number | null>('seq').as('seq'))
    .where('batch', '=', batch)
    .executeTakeFirstOrThrow();
  if (seq === null) return null;
  const [line] = await readJournal(db, { before: seq + 1, limit: 1 });
  return line ?? null;
}
