import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { newProject, ticking, value } from '#test/support/project.ts';
import type { Migration } from './migrations/migration.ts';
import { migrations } from './migrations/migrations.ts';
import { openProject } from './open-project.ts';
import { pragmaNumber } from './pragma.ts';

const second: Migration = {
  version: 2,
  name: 'notes',
  sql: 'CREATE TABLE note (id TEXT PRIMARY KEY) STRICT',
};
const third: Migration = {
  version: 3,
  name: 'broken',
  sql: 'CREATE TABLE half (id TEXT); INSERT INTO nowhere VALUES (1)',
};

async function closedProject(): Promise<{ folder: string; project: string; backups: string }> {
  const store = await newProject();
  await store.close();
  return { folder: store.folder, project: store.paths.project, backups: store.paths.backups };
}

function inspect(file: string): { version: number; tables: string[] } {
  const db = new DatabaseSync(file);
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const found = {
    version: pragmaNumber(db, 'user_version'),
    tables: tables.map((row) => String(row['name'])),
  };
  db.close();
  return found;
}

it('numbers the released migrations from 1 without gaps', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, i) => i + 1));
});

it('brings an older project up to date after a copy', async () => {
  const { folder, project, backups } = await closedProject();
  const store = value(await openProject(folder, { migrations: [...migrations, second], clock: ticking() }));
  expect(store.seq).toBe(1);
  await store.close();
  expect(inspect(project)).toMatchObject({ version: 2, tables: expect.arrayContaining(['note', 'journal']) });
  const [backup, ...others] = readdirSync(backups);
  expect([backup, others]).toEqual(['schema-1-2026-01-01T00-00-02-000Z.sqlite', []]);
  const copy = inspect(join(backups, String(backup)));
  expect(copy.version).toBe(1);
  expect(copy.tables).toContain('journal');
  expect(copy.tables).not.toContain('note');
});

it('makes no copy when nothing has to be done', async () => {
  const { folder, backups } = await closedProject();
  const store = value(await openProject(folder));
  await store.close();
  expect(readdirSync(backups)).toEqual([]);
});

it('keeps the last good version when a step fails', async () => {
  const { folder, project } = await closedProject();
  await expect(openProject(folder, { migrations: [...migrations, second, third] })).rejects.toThrow(
    /nowhere/,
  );
  const { version, tables } = inspect(project);
  expect(version).toBe(2);
  expect(tables).not.toContain('half');
  expect(
    value(await openProject(folder, { migrations: [...migrations, second] }).then(closing)).readOnly,
  ).toBe(false);
});

it('refuses a project of a newer version, and one of an older version to look at', async () => {
  const { folder } = await closedProject();
  const newer = [...migrations, second];
  expect(await openProject(folder, { readOnly: true, migrations: newer })).toMatchObject({
    ok: false,
    error: { code: 'unsupported' },
  });
  value(await openProject(folder, { migrations: newer }).then(closing));
  const refused = await openProject(folder);
  expect(refused).toMatchObject({ ok: false, error: { code: 'unsupported', subject: folder } });
  expect(refused.ok || refused.error.reason).toContain('newer version (schema 2, this program knows 1)');
});

async function closing(opened: Awaited<ReturnType<typeof openProject>>): Promise<typeof opened> {
  if (opened.ok) await opened.value.close();
  return opened;
}
