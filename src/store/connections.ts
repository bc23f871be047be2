import { accessSync, constants, existsSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { cacheSql, cacheVersion } from './cache-schema.ts';
import { pragmaNumber } from './pragma.ts';
import type { ProjectPaths } from './project-folder.ts';
import { storageProblem } from './storage-problem.ts';

/** Marks an SQLite file as an Emend project: "EMND". */
export const applicationId = 0x454d4e44;

/** Milliseconds to wait for another process that looks into the same file. */
const timeout = 2000;

/** The connection that commits write through. */
export function openWriter(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout });
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
}

/**
 * The connection that queries use: the project read-only, the caches writable. Both are attached to an empty database
 * in memory, so that SQLite itself refuses a change to the project that goes past the journal, and queries see only
 * what is on disk, never the inside of a running commit.
 */
export function openReader(paths: ProjectPaths, readOnly: boolean): DatabaseSync {
  const db = new DatabaseSync(':memory:', { timeout });
  try {
    attachReadOnly(db, paths.project);
    if (readOnly) attachCacheReadOnly(db, paths.cache);
    else attachCache(db, paths.cache);
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
}

/** Attaches a project file as the schema `project`, to read only. */
export function attachReadOnly(db: DatabaseSync, file: string): void {
  db.prepare('ATTACH ? AS project').run(readOnlyUri(file));
}

/** A closed project in a folder without write permission needs `immutable`: SQLite cannot make its index file there. */
function readOnlyUri(file: string): string {
  const wal = `${file}-wal`;
  const isClosed = !existsSync(wal) || statSync(wal).size === 0;
  const mode = isClosed && !isWritable(dirname(file)) ? 'immutable=1' : 'mode=ro';
  return `${pathToFileURL(file).href}?${mode}`;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function attachCache(db: DatabaseSync, file: string): void {
  try {
    attachUsableCache(db, file);
  } catch (cause) {
    if (storageProblem(cause, file)?.code !== 'damaged') throw cause;
    rebuildCache(db, file);
  }
}

function attachUsableCache(db: DatabaseSync, file: string): void {
  db.prepare('ATTACH ? AS cache').run(file);
  db.exec('PRAGMA cache.journal_mode = WAL; PRAGMA cache.synchronous = OFF');
  const version = pragmaNumber(db, 'cache.user_version');
  if (version === 0) createCache(db);
  else if (version !== cacheVersion) rebuildCache(db, file);
}

/** Caches that are damaged or of another version are made anew: everything in them can be computed again. */
function rebuildCache(db: DatabaseSync, file: string): void {
  if (hasCache(db)) db.exec('DETACH cache');
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  attachUsableCache(db, file);
}

function hasCache(db: DatabaseSync): boolean {
  return db.prepare("SELECT 1 FROM pragma_database_list WHERE name = 'cache'").get() !== undefined;
}

function createCache(db: DatabaseSync): void {
  db.exec(`BEGIN; ${cacheSql}; PRAGMA cache.user_version = ${cacheVersion}; COMMIT`);
}

/** A second opener sees the first one's caches; where there are none of this version, empty ones in memory. */
function attachCacheReadOnly(db: DatabaseSync, file: string): void {
  try {
    if (existsSync(file)) {
      db.prepare('ATTACH ? AS cache').run(readOnlyUri(file));
      if (pragmaNumber(db, 'cache.user_version') === cacheVersion) return;
    }
  } catch (cause) {
    if (storageProblem(cause, file) === null) throw cause;
  }
  if (hasCache(db)) db.exec('DETACH cache');
  db.exec("ATTACH ':memory:' AS cache");
  createCache(db);
}
