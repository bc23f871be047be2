import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { newProject, temporaryFolder, value } from '#test/support/project.ts';
import {
  aClass,
  actor,
  addClasses,
  addImages,
  addLabels,
  ann,
  bo,
  changeLabels,
  classId,
  image,
  label,
} from '#test/support/records.ts';
import { created, updated } from '#core/changes.ts';
import { recordKinds } from '#core/records/records.ts';
import { newestVersion } from './migrate.ts';
import { migrations } from './migrations/migrations.ts';
import { openProject } from './open-project.ts';
import type { ProjectStore } from './project-store.ts';
import { verifyProject } from './verify.ts';

// One stored project for each released schema: it must open, after whatever migrations, with the same content.
// A new schema adds a file: `EMEND_UPDATE_GOLDEN=1 vitest run src/store/golden.test.ts`. Files that are there stay.
const goldens = fileURLToPath(new URL('../../test/golden/projects/', import.meta.url));
const version = newestVersion(migrations);
const newest = join(goldens, `v${version}.sqlite`);

/** A small project with every kind of record, several annotators, a batch, undo and redo. */
async function workOn(store: ProjectStore): Promise<void> {
  const step = { ...actor, detail: { count: 3 } };
  const parent = aClass(9, { name: 'Größe "9"', hotkey: '9' });
  const commits = [
    { ...step, action: 'class.create', changes: [...addClasses(3), created('class', parent)] },
    { ...step, action: 'images.add', changes: addImages(8) },
    {
      ...step,
      action: 'images.describe',
      changes: [updated('image', image(3), image(3, { split: 'test', groupId: 'patient 1' }))],
    },
    { ...step, action: 'label.set', changes: addLabels(6, 0) },
    {
      ...step,
      annotator: bo,
      action: 'label.set',
      changes: [created('label', label(1, 2, { annotator: bo, time: 12 }))],
    },
    { ...step, action: 'label.set', changes: changeLabels(2, 0, 1) },
    {
      ...step,
      action: 'class.update',
      changes: [updated('class', aClass(2), aClass(2, { parent: classId(9) }))],
    },
    {
      ...step,
      action: 'suspect.decide',
      changes: [
        created('verdict', {
          id: label(4, 0).unit,
          annotator: ann,
          decision: 'kept',
          given: classId(0),
          suggested: classId(1),
          score: 0.25,
          time: 13,
        }),
      ],
    },
  ] as const;
  for (const action of commits) value(await store.commit(action));
  value(await store.undo(actor));
  value(await store.undo(actor));
  value(await store.redo(actor));
}

/** Tables and indexes as SQLite keeps them. */
function schemaOf(store: ProjectStore): unknown {
  const db = new DatabaseSync(store.paths.project);
  const rows = db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
  db.close();
  return rows;
}

/** Everything that the project says, without what a migration may add to the tables of SQLite. */
async function content(store: ProjectStore): Promise<string> {
  const dump: Record<string, unknown> = { name: store.name, stacks: store.stacks };
  for (const kind of recordKinds)
    dump[kind] = await store.db.selectFrom(kind).selectAll().orderBy('id').execute();
  dump['current'] = await store.db.selectFrom('current_label').selectAll().orderBy('unit').execute();
  dump['journal'] = await store.readJournal({ before: null, limit: 100 });
  return `${JSON.stringify(dump, null, 1)}\n`;
}

async function opened(golden: string): Promise<ProjectStore> {
  const folder = join(temporaryFolder(), 'project');
  mkdirSync(folder);
  copyFileSync(golden, join(folder, 'project.sqlite'));
  return value(await openProject(folder));
}

async function writeGolden(): Promise<void> {
  if (process.env['EMEND_UPDATE_GOLDEN'] !== '1' || existsSync(newest)) return;
  const store = await newProject();
  await workOn(store);
  await store.close();
  const db = new DatabaseSync(store.paths.project);
  db.prepare('VACUUM INTO ?').run(newest);
  db.close();
  writeFileSync(newest.replace('.sqlite', '.json'), await content(await opened(newest)));
}

describe('stored projects', () => {
  it('are there for every released schema', async () => {
    await writeGolden();
    const files = readdirSync(goldens).filter((name) => name.endsWith('.sqlite'));
    expect(files.sort()).toEqual(migrations.map((step) => `v${step.version}.sqlite`).sort());
  });

  it.each(migrations.map((step) => `v${step.version}`))('%s opens with all that it held', async (name) => {
    const store = await opened(join(goldens, `${name}.sqlite`));
    expect(await content(store)).toBe(readFileSync(join(goldens, `${name}.json`), 'utf8'));
    expect(value(await verifyProject(store.folder)).problems).toEqual([]);
    value(await store.undo(actor));
    value(await store.redo(actor));
    expect(value(await verifyProject(store.folder)).problems).toEqual([]);
    await store.close();
  });

  it('are what the program writes today', async () => {
    const store = await newProject();
    await workOn(store);
    expect(schemaOf(store)).toEqual(schemaOf(await opened(newest)));
    expect(await content(store)).toBe(readFileSync(newest.replace('.sqlite', '.json'), 'utf8'));
  });
});
