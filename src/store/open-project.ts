import { Kysely } from 'kysely';
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { systemClock, type Clock } from '#base/clock.ts';
import { newId } from '#base/ids.ts';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { applicationId, attachReadOnly, openReader, openWriter } from './connections.ts';
import { takeLock, type Lock } from './lock.ts';
import { makeFolder } from './make-folder.ts';
import { checkVersion, migrate, newestVersion } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import { migrations as released } from './migrations/migrations.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';
import { pragmaNumber } from './pragma.ts';
import { checkNewFolder, checkProjectFolder, projectPaths, type ProjectPaths } from './project-folder.ts';
import { ProjectStore } from './project-store.ts';
import { ProjectWriter } from './project-writer.ts';
import { QueryThread } from './query-thread.ts';
import type { Database } from './schema.ts';
import { attempt } from './storage-problem.ts';
import { threadDialect } from './thread-dialect.ts';

export interface CreateOptions {
  readonly name: string;
  readonly clock?: Clock;
}

export interface OpenOptions {
  /** Look only: needs no lock, and works beside a writer. */
  readonly readOnly?: boolean;
  readonly clock?: Clock;
  /** Another list than the released one, for the tests of migrating. */
  readonly migrations?: readonly Migration[];
}

interface Opening {
  readonly paths: ProjectPaths;
  readonly clock: Clock;
  readonly migrations: readonly Migration[];
}

/** Makes a project in a new or empty folder. Its journal is empty; the first action is the caller's. */
export async function createProject(folder: string, options: CreateOptions): Promise<Result<ProjectStore>> {
  const free = checkNewFolder(folder);
  if (!free.ok) return free;
  const paths = projectPaths(folder);
  const clock = options.clock ?? systemClock;
  return attempt(folder, async () => {
    for (const path of [paths.embeddings, paths.models, paths.backbones, paths.backups])
      await makeFolder(path);
    return withLock(paths, clock, (lock) => {
      initialise(paths, { name: options.name, createdAt: clock() });
      return openForWriting({ paths, clock, migrations: released }, lock);
    });
  });
}

/** Opens a project, after a migration where an older version wrote it. */
export async function openProject(folder: string, options: OpenOptions = {}): Promise<Result<ProjectStore>> {
  const opening: Opening = {
    paths: projectPaths(folder),
    clock: options.clock ?? systemClock,
    migrations: options.migrations ?? released,
  };
  return attempt(folder, () => {
    const there = checkProjectFolder(folder);
    if (!there.ok) return there;
    if (options.readOnly === true) return openForReading(opening);
    return withLock(opening.paths, opening.clock, (lock) => openForWriting(opening, lock));
  });
}

async function withLock(
  paths: ProjectPaths,
  clock: Clock,
  work: (lock: Lock) => Promise<Result<ProjectStore>>,
): Promise<Result<ProjectStore>> {
  const lock = takeLock(paths.lock, paths.folder, clock);
  if (!lock.ok) return lock;
  let opened: Result<ProjectStore> | null = null;
  try {
    opened = await work(lock.value);
    return opened;
  } finally {
    if (opened?.ok !== true) lock.value.release();
  }
}

/** Writes schema and names in one transaction: a project either is there or is not. */
function initialise(paths: ProjectPaths, about: { readonly name: string; readonly createdAt: number }): void {
  const db = openWriter(paths.project);
  try {
    db.exec(`BEGIN IMMEDIATE; PRAGMA application_id = ${applicationId}`);
    for (const { sql } of released) db.exec(sql);
    const insert = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
    insert.run('id', newId(randomBytes));
    insert.run('name', about.name);
    insert.run('createdAt', String(about.createdAt));
    db.exec(`PRAGMA user_version = ${newestVersion(released)}; COMMIT`);
  } finally {
    db.close();
  }
}

async function openForWriting(
  { paths, clock, migrations }: Opening,
  lock: Lock,
): Promise<Result<ProjectStore>> {
  const known = identify(paths, migrations);
  if (!known.ok) return known;
  const opened: DatabaseSync[] = [];
  try {
    const db = openWriter(paths.project);
    opened.push(db);
    migrate(db, { migrations, backups: paths.backups, clock });
    const writer = await ProjectWriter.open(db, paths.folder, clock);
    const reader = openReader(paths, false);
    opened.push(reader);
    return ok(assemble(paths, { reader, writer, close: () => [db.close(), lock.release()] }));
  } catch (cause) {
    for (const db of opened) db.close();
    throw cause;
  }
}

function openForReading({ paths, migrations }: Opening): Result<ProjectStore> {
  const known = identify(paths, migrations);
  if (!known.ok) return known;
  if (known.value < newestVersion(migrations)) {
    const reason =
      'An older version wrote this project; open it for writing once, so that it is brought up to date.';
    return err(problem('unsupported', paths.folder, reason));
  }
  return ok(assemble(paths, { reader: openReader(paths, true), writer: null, close: () => undefined }));
}

interface Opened {
  readonly reader: DatabaseSync;
  readonly writer: ProjectWriter | null;
  readonly close: () => unknown;
}

function assemble(paths: ProjectPaths, { reader, writer, close }: Opened): ProjectStore {
  const about = new Map(
    reader
      .prepare('SELECT key, value FROM project.meta')
      .all()
      .map((row) => [String(row['key']), String(row['value'])]),
  );
  const db = new Kysely<Database>({ dialect: nodeSqliteDialect(reader) });
  const background = new Kysely<Database>({ dialect: threadDialect(new QueryThread(paths.folder)) });
  return new ProjectStore({
    paths,
    id: about.get('id') ?? '',
    name: about.get('name') ?? '',
    db,
    background,
    reader,
    writer,
    release: async () => {
      await background.destroy();
      await db.destroy();
      if (reader.isOpen) reader.close();
      close();
    },
  });
}

/** Looks at the file without changing it: whether it is a project that this program can read. Answers its version. */
function identify(paths: ProjectPaths, migrations: readonly Migration[]): Result<number> {
  const db = new DatabaseSync(':memory:');
  try {
    attachReadOnly(db, paths.project);
    const version = pragmaNumber(db, 'project.user_version');
    if (pragmaNumber(db, 'project.application_id') !== applicationId || version === 0) {
      const reason = 'Its project.sqlite is not an Emend project; choose another folder.';
      return err(problem('bad-input', paths.folder, reason));
    }
    const readable = checkVersion(version, newestVersion(migrations), paths.folder);
    return readable.ok ? ok(version) : readable;
  } finally {
    db.close();
  }
}
