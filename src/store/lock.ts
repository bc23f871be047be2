import { hostname } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { problem, type Problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Clock } from '#base/clock.ts';
import { storageProblem } from './storage-problem.ts';

/** The right to write a project, held until released or until the process ends, however it ends. */
export interface Lock {
  release(): void;
}

const isBusy = (cause: unknown): boolean => ((cause as { errcode?: number }).errcode ?? 0) === 5;

/**
 * Takes the single writer's lock: a write transaction on a tiny SQLite file, so that the operating system drops it
 * with the process and nobody ever has to remove a stale file. Who holds it can be read meanwhile.
 */
export function takeLock(file: string, folder: string, clock: Clock): Result<Lock> {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { timeout: 200 });
    db.exec('CREATE TABLE IF NOT EXISTS holder (process INTEGER, host TEXT, since INTEGER)');
    db.exec('BEGIN IMMEDIATE; DELETE FROM holder');
    db.prepare('INSERT INTO holder VALUES (?, ?, ?)').run(process.pid, hostname(), clock());
    db.exec('COMMIT; BEGIN IMMEDIATE');
    const held = db;
    return ok({ release: () => held.close() });
  } catch (cause) {
    const known = isBusy(cause) ? heldByOther(db, folder) : storageProblem(cause, folder);
    db?.close();
    if (known === null) throw cause;
    return err(known);
  }
}

function heldByOther(db: DatabaseSync | null, folder: string): Problem {
  const holder = readHolder(db);
  const who = holder === null ? 'Another program' : `Process ${holder['process']} on ${holder['host']}`;
  const since = holder === null ? '' : ` since ${new Date(Number(holder['since'])).toISOString()}`;
  return problem(
    'locked',
    folder,
    `${who} has this project open${since}; close it there, or open it read-only.`,
  );
}

function readHolder(db: DatabaseSync | null): Record<string, unknown> | null {
  try {
    return db?.prepare('SELECT * FROM holder').get() ?? null;
  } catch {
    return null;
  }
}
