import { setImmediate } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { resultTables } from './cache-schema.ts';
import type { Database, PredictionTable, SuspectTable } from './schema.ts';

/** What a training found about the units of a project. */
export interface Results {
  /** Id of the model. */
  readonly model: string;
  readonly predictions: Iterable<PredictionTable>;
  readonly suspects: Iterable<SuspectTable>;
}

const tables = ['prediction', 'suspect'] as const;

/** Rows made and written before the engine does something else. */
const rowsAtOnce = 500;

/**
 * Replaces all predictions and suspects, and which model they are of. New tables are filled beside those that are read,
 * piece by piece, and put in their place at the end: readers see the old results or the new ones, never a mixture.
 */
export async function replaceResults(db: Kysely<Database>, results: Results): Promise<void> {
  await dropTables(db);
  for (const statement of resultTables({ table: '_next', index: await freeIndexNames(db) }))
    await sql.raw(statement).execute(db);
  await fill(results.predictions, (rows) => db.insertInto('cache.prediction_next').values(rows).execute());
  await fill(results.suspects, (rows) => db.insertInto('cache.suspect_next').values(rows).execute());
  await db.transaction().execute(async (swap) => {
    for (const table of tables) {
      await sql.raw(`ALTER TABLE cache.${table} RENAME TO ${table}_former`).execute(swap);
      await sql.raw(`ALTER TABLE cache.${table}_next RENAME TO ${table}`).execute(swap);
    }
    await swap.replaceInto('cache.meta').values({ key: 'model', value: results.model }).execute();
  });
  await dropTables(db);
}

/** Drops what is read no more, and what a program that was killed had begun. */
async function dropTables(db: Kysely<Database>): Promise<void> {
  for (const table of tables) {
    for (const name of [`${table}_former`, `${table}_next`]) {
      await setImmediate();
      await sql.raw(`DROP TABLE IF EXISTS cache.${name}`).execute(db);
    }
  }
}

/** Every other time the indexes are called otherwise. */
async function freeIndexNames(db: Kysely<Database>): Promise<string> {
  const taken = await sql`SELECT 1 FROM cache.sqlite_schema WHERE name = 'prediction_unit'`.execute(db);
  return taken.rows.length > 0 ? '_2' : '';
}

async function fill<T>(rows: Iterable<T>, write: (piece: readonly T[]) => Promise<unknown>): Promise<void> {
  for (const piece of pieces(rows)) {
    await write(piece);
    await setImmediate();
  }
}

function* pieces<T>(rows: Iterable<T>): Generator<readonly T[]> {
  let piece: T[] = [];
  for (const row of rows) {
    piece.push(row);
    if (piece.length < rowsAtOnce) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
