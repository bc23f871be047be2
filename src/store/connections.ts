import { existsSync, rmSync, statSync } from 'node:fs';
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

/** Pages kept in memory per file by the connection of queries: the gallery looks up units in the order of paths. */
const readerCacheKiB = 32_768;

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
    db.exec(`PRAGMA project.cache_size = -${readerCacheKiB}; PRAGMA cache.cache_size = -${readerCacheKiB}`);
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
}

/** Attaches a project file as the schema `project`, to read only. */
export function attachReadOnly(db: DatabaseSync, file: string): void {
  attachToRead(db, 'project', file);
}

/** A closed file in a folder without write permission is read as `immutable`: SQLite cannot make its index there. */
function attachToRead(db: DatabaseSync, schema: 'project' | 'cache', file: string): void {
  const url = pathToFileURL(file).href;
  const attach = db.prepare(`ATTACH ? AS ${schema}`);
  try {
    attach.run(`${url}?mode=ro`);
    pragmaNumber(db, `${schema}.user_version`);
  } catch (cause) {
    if (storageProblem(cause, file)?.code !== 'unwritable' || !isClosed(file)) throw cause;
    if (isAttached(db, schema)) db.exec(`DETACH ${schema}`);
    attach.run(`${url}?immutable=1`);
  }
}

function isClosed(file: string): boolean {
  const log = `${file}-wal`;
  return !existsSync(log) || statSync(log).size === 0;
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
  if (isAttached(db, 'cache')) db.exec('DETACH cache');
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  attachUsableCache(db, file);
}

function isAttached(db: DatabaseSync, schema: string): boolean {
  return db.prepare('SELECT 1 FROM pragma_database_list WHERE name = ?').get(schema) !== undefined;
}

function createCache(db: DatabaseSync): void {
  db.exec(`BEGIN; ${cacheSql}; PRAGMA cache.user_version = ${cacheVersion}; COMMIT`);
}

/**
 * Attaches the caches to read only, empty ones in memory where there are none of this version. Answers false where
 * there is a file that cannot be used.
 */
export function attachCacheReadOnly(db: DatabaseSync, file: string): boolean {
  const isThere = existsSync(file);
  try {
    if (isThere) {
      attachToRead(db, 'cache', file);
      if (pragmaNumber(db, 'cache.user_version') === cacheVersion) return true;
    }
  } catch (cause) {
    if (storageProblem(cause, file) === null) throw cause;
  }
  if (isAttached(db, 'cache')) db.exec('DETACH cache');
  db.exec("ATTACH ':memory:' AS cache");
  createCache(db);
  return !isThere;
}
