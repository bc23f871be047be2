import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { UnitId } from '#core/ids.ts';
import type { Database } from './schema.ts';

const tables = ['cache.prediction', 'cache.suspect'] as const;

/** Rows removed before the engine does something else. */
const rowsAtOnce = 1000;

interface Connections {
  readonly db: Kysely<Database>;
  readonly background: Kysely<Database>;
}

/**
 * Removes what the caches say about units that are gone. Whatever asks about units begins with the images, so nobody
 * sees them before that.
 */
export async function dropOrphans({ db, background }: Connections): Promise<void> {
  for (const table of tables) {
    // Most projects that are opened for a moment have none, and need no thread.
    if ((await db.selectFrom(table).select('unit').limit(1).executeTakeFirst()) === undefined) continue;
    const rows = await background
      .selectFrom(table)
      .select('unit')
      .where('unit', 'not in', (on) => on.selectFrom('image').select('id') as never)
      .execute();
    const units = rows.map((row) => row.unit as UnitId);
    for (let start = 0; start < units.length; start += rowsAtOnce) {
      await db
        .deleteFrom(table)
        .where('unit', 'in', units.slice(start, start + rowsAtOnce))
        .execute();
      await setImmediate();
    }
  }
}
