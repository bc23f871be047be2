import { existsSync, readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { ok, type Result } from '#base/result.ts';
import { attachCacheReadOnly, attachReadOnly } from './connections.ts';
import { checkEmbeddings } from './embedding-file.ts';
import { checkVersion, newestVersion } from './migrate.ts';
import { migrations } from './migrations/migrations.ts';
import { pragmaNumber } from './pragma.ts';
import { checkProjectFolder, projectPaths, type ProjectPaths } from './project-folder.ts';
import { attempt } from './storage-problem.ts';
import { replayJournal, type Report } from './verify-journal.ts';
import { checkPages, checkUnits, compareCurrentLabels, compareRecords } from './verify-tables.ts';

/** What a check of a project found: one sentence per problem. */
export interface VerifyReport {
  readonly ok: boolean;
  /** Journal rows read. */
  readonly entries: number;
  /** Records in the tables. */
  readonly records: number;
  readonly problems: readonly string[];
}

/** Beyond this many findings the rest is only counted. */
const findingLimit = 100;

/**
 * Checks a project without changing it, also while it is open: pages, journal chain and counters, tables against a
 * replay of the journal, current labels, caches, embeddings. It reads one moment's state through connections of its
 * own. A problem instead of a report means that there is no project to check.
 */
export async function verifyProject(folder: string): Promise<Result<VerifyReport>> {
  return attempt(folder, async () => {
    const there = checkProjectFolder(folder);
    if (!there.ok) return there;
    const paths = projectPaths(folder);
    const db = new DatabaseSync('');
    try {
      attachReadOnly(db, paths.project);
      const version = pragmaNumber(db, 'project.user_version');
      const readable = checkVersion(version, newestVersion(migrations), folder);
      if (!readable.ok) return readable;
      return ok(await check(db, paths));
    } finally {
      db.close();
    }
  });
}

async function check(db: DatabaseSync, paths: ProjectPaths): Promise<VerifyReport> {
  const problems: string[] = [];
  const report: Report = (sentence) => problems.push(sentence);
  if (!attachCacheReadOnly(db, paths.cache))
    report('cache.sqlite cannot be used; it is made anew when the project is opened for writing.');
  for (const { sql } of migrations) db.exec(sql);
  db.exec(
    'PRAGMA foreign_keys = OFF; PRAGMA main.journal_mode = OFF; PRAGMA main.cache_size = -65536; BEGIN',
  );
  checkPages(db, 'project', report);
  checkPages(db, 'cache', report);
  const entries = await replayJournal(db, report);
  const records = compareRecords(db, report);
  compareCurrentLabels(db, report);
  checkUnits(db, report);
  await checkEmbeddingFiles(paths, report);
  const told = problems.slice(0, findingLimit);
  if (problems.length > told.length)
    told.push(`${problems.length - told.length} more findings follow from these.`);
  return { ok: problems.length === 0, entries, records, problems: told };
}

async function checkEmbeddingFiles(paths: ProjectPaths, report: Report): Promise<void> {
  if (!existsSync(paths.embeddings)) return;
  for (const name of readdirSync(paths.embeddings)) {
    if (!name.endsWith('.keys')) continue;
    const finding = await checkEmbeddings(paths.embeddings, name.slice(0, -'.keys'.length));
    if (finding !== null) report(finding);
  }
}
