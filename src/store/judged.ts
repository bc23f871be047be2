import { setImmediate } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { writeInPieces } from './pieces.ts';
import type { Database, JudgedTable } from './schema.ts';

/** Rows removed before the engine does something else. */
const rowsAtOnce = 2000;

/** Keeps what a model made of labels that it had not learned from, in place of what was kept of it before. */
export async function keepJudged(
  db: Kysely<Database>,
  model: string,
  rows: Iterable<Omit<JudgedTable, 'model'>>,
): Promise<void> {
  await dropJudged(db, model);
  await writeInPieces(rows, (piece) =>
    db
      .insertInto('cache.judged')
      .values(piece.map((row) => ({ ...row, model })))
      .execute(),
  );
}

/** Forgets what a model made of them. */
export async function dropJudged(db: Kysely<Database>, model: string): Promise<void> {
  for (;;) {
    const { numAffectedRows } = await sql`
      DELETE FROM cache.judged WHERE model = ${model}
        AND unit IN (SELECT unit FROM cache.judged WHERE model = ${model} LIMIT ${rowsAtOnce})`.execute(db);
    if (Number(numAffectedRows ?? 0) < rowsAtOnce) return;
    await setImmediate();
  }
}
