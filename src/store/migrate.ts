import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '#base/clock.ts';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Migration } from './migrations/migration.ts';
import { pragmaNumber } from './pragma.ts';

/** What `migrate` needs to know. `backups` is the folder for copies. */
export interface MigrateOptions {
  readonly migrations: readonly Migration[];
  readonly backups: string;
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

/** Brings a database to the newest schema, one transaction per step, after a copy into `backups`. */
export function migrate(db: DatabaseSync, { migrations, backups, clock }: MigrateOptions): void {
  const found = pragmaNumber(db, 'user_version');
  const pending = migrations.filter(({ version }) => version > found);
  if (pending.length === 0) return;
  const moment = new Date(clock()).toISOString().replaceAll(/[:.]/g, '-');
  mkdirSync(backups, { recursive: true });
  db.prepare('VACUUM INTO ?').run(join(backups, `schema-${found}-${moment}.sqlite`));
  for (const migration of pending) step(db, migration);
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
