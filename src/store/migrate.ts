import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '#base/clock.ts';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Migration } from './migrations/migration.ts';
import { pragmaNumber } from './pragma.ts';

/** What `migrate` needs to know. `backups` is the folder for copies, null where there is nothing to lose yet. */
export interface MigrateOptions {
  readonly migrations: readonly Migration[];
  readonly backups: string | null;
  readonly clock: Clock;
}

/** The schema version that a list of migrations leads to. */
export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/** Refuses a project that a newer version of the program wrote. */
export function checkVersion(found: number, newest: number, folder: string): Result<null> {
  if (found <= newest) return ok(null);
  const reason = `This project was written by a newer version (schema ${found}, this program knows ${newest}); open it with that version.`;
  return err(problem('unsupported', folder, reason));
}

/**
 * Brings a database to the newest schema, one transaction per step, after a copy into `backups`. Answers the copy's
 * path, or null when nothing had to be done.
 */
export function migrate(db: DatabaseSync, options: MigrateOptions): string | null {
  const found = pragmaNumber(db, 'user_version');
  const pending = options.migrations.filter(({ version }) => version > found);
  if (pending.length === 0) return null;
  const backup =
    options.backups === null ? null : backUp(db, options.backups, { found, clock: options.clock });
  for (const migration of pending) step(db, migration);
  return backup;
}

function backUp(
  db: DatabaseSync,
  folder: string,
  { found, clock }: { readonly found: number; readonly clock: Clock },
): string {
  mkdirSync(folder, { recursive: true });
  const moment = new Date(clock()).toISOString().replaceAll(/[:.]/g, '-');
  const file = join(folder, `schema-${found}-${moment}.sqlite`);
  db.prepare('VACUUM INTO ?').run(file);
  return file;
}

function step(db: DatabaseSync, { sql, version }: Migration): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec(`${sql}; PRAGMA user_version = ${version}`);
    db.exec('COMMIT');
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw cause;
  }
}
