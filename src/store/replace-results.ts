import { setImmediate } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { resultTables, type ResultTable } from './cache-schema.ts';
import { writeInPieces } from './pieces.ts';
import type { Database, PredictionTable, SuspectTable } from './schema.ts';

/** What a training found about the units of a project; what is left out stays as it is. */
export interface Results {
  readonly predictions?: { readonly model: string; readonly rows: Iterable<PredictionTable> };
  /** `about` is a text that says by what the labels were judged. */
  readonly audit?: { readonly about: string; readonly rows: Iterable<SuspectTable> };
}

/**
 * Replaces all predictions, all suspects or both, and what they are of. New tables are filled beside those that are
 * read, piece by piece, and put in their place at the end: readers see the old results or the new ones, never a mixture.
 */
export async function replaceResults(db: Kysely<Database>, { predictions, audit }: Results): Promise<void> {
  const tables: ResultTable[] = [];
  if (predictions) {
    tables.push('prediction');
    await makeTable(db, 'prediction');
    await writeInPieces(predictions.rows, (rows) =>
      db.insertInto('cache.prediction_next').values(rows).execute(),
    );
  }
  if (audit) {
    tables.push('suspect');
    await makeTable(db, 'suspect');
    await writeInPieces(audit.rows, (rows) => db.insertInto('cache.suspect_next').values(rows).execute());
  }
  await db.transaction().execute(async (swap) => {
    for (const table of tables) {
      await sql.raw(`ALTER TABLE cache.${table} RENAME TO ${table}_former`).execute(swap);
      await sql.raw(`ALTER TABLE cache.${table}_next RENAME TO ${table}`).execute(swap);
    }
    const values = [
      ...(predictions ? [{ key: 'model', value: predictions.model }] : []),
      ...(audit ? [{ key: 'audit', value: audit.about }] : []),
    ];
    await swap.replaceInto('cache.meta').values(values).execute();
  });
  for (const table of tables) await dropBeside(db, table);
}

/** Makes the table that is filled beside the one that is read. */
async function makeTable(db: Kysely<Database>, table: ResultTable): Promise<void> {
  await dropBeside(db, table);
  const index = await freeIndexNames(db, table);
  for (const statement of resultTables[table]({ table: '_next', index }))
    await sql.raw(statement).execute(db);
}

/** Drops what is read no more, and what a program that was killed had begun. */
async function dropBeside(db: Kysely<Database>, table: ResultTable): Promise<void> {
  for (const name of [`${table}_former`, `${table}_next`]) {
    await setImmediate();
    await sql.raw(`DROP TABLE IF EXISTS cache.${name}`).execute(db);
  }
}

/** Every other time the indexes are called otherwise. */
async function freeIndexNames(db: Kysely<Database>, table: ResultTable): Promise<string> {
  const name = `${table}_unit`;
  const taken = await sql`SELECT 1 FROM cache.sqlite_schema WHERE name = ${name}`.execute(db);
  return taken.rows.length > 0 ? '_2' : '';
}
