import { chmodSync, cpSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newProject, temporaryFolder, value } from '#test/support/project.ts';
import { actor, addClasses, addImages } from '#test/support/records.ts';
import { createProject, openProject } from './open-project.ts';

/** A closed project with something in it. */
async function closedProject(): Promise<string> {
  const store = await newProject();
  value(await store.commit({ ...actor, action: 'class.create', detail: {}, changes: addClasses(3) }));
  value(await store.commit({ ...actor, action: 'images.add', detail: {}, changes: addImages(200) }));
  await store.close();
  return store.folder;
}

/** Runs `work` as somebody who may not do everything, where the tests run as root. */
async function unprivileged<T>(work: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

describe('createProject', () => {
  it('makes the folder, and remembers name and id', async () => {
    const folder = join(temporaryFolder(), 'new', 'cells');
    const store = value(await createProject(folder, { name: 'Blood cells' }));
    expect(store.name).toBe('Blood cells');
    expect(store.id).toMatch(/^[0-9a-z]{16}$/);
    await store.close();
    expect(readdirSync(folder).sort()).toEqual([
      'backbones',
      'backups',
      'cache',
      'cache.sqlite',
      'lock',
      'models',
      'project.sqlite',
    ]);
    const again = value(await openProject(folder));
    expect([again.id, again.name, again.seq]).toEqual([store.id, 'Blood cells', 0]);
    await again.close();
  });

  it('leaves folders alone that hold something, and files', async () => {
    const folder = await closedProject();
    expect(await createProject(folder, { name: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'exists' },
    });
    const images = temporaryFolder();
    writeFileSync(join(images, 'a.png'), '');
    expect(await createProject(images, { name: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'exists' },
    });
    expect(readdirSync(images)).toEqual(['a.png']);
    expect(await createProject(join(images, 'a.png'), { name: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'bad-input' },
    });
  });

  it('says where it may not write', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    const outcome = await unprivileged(() => createProject(join(folder, 'p'), { name: 'x' }));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'unwritable' } });
  });
});

describe('openProject', () => {
  it('says when there is no project, and makes none', async () => {
    const folder = temporaryFolder();
    expect(await openProject(folder)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(await openProject(join(folder, 'gone'))).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
    writeFileSync(join(folder, 'file.txt'), 'x');
    expect(await openProject(folder)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(readdirSync(folder)).toEqual(['file.txt']);
  });

  it('says when the database is of something else', async () => {
    const folder = temporaryFolder();
    const db = new DatabaseSync(join(folder, 'project.sqlite'));
    db.exec('CREATE TABLE other (x)');
    db.close();
    expect(await openProject(folder)).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  });

  it.each([
    ['cut off', (file: string) => truncateSync(file, 20_000)],
    ['empty', (file: string) => truncateSync(file, 0)],
    ['overwritten at its start', (file: string) => overwrite(file, 0, 'not a database, not at all')],
  ])('says when the file is %s, and leaves it as it is', async (_, damage) => {
    const folder = await closedProject();
    const file = join(folder, 'project.sqlite');
    damage(file);
    const before = readFileSync(file);
    expect(await openProject(folder)).toMatchObject({
      ok: false,
      error: { code: 'damaged', subject: folder },
    });
    expect(await openProject(folder, { readOnly: true })).toMatchObject({
      ok: false,
      error: { code: 'damaged' },
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('makes damaged caches anew', async () => {
    const folder = await closedProject();
    writeFileSync(join(folder, 'cache.sqlite'), 'rubbish '.repeat(1000));
    const store = value(await openProject(folder));
    expect(await store.db.selectFrom('cache.thumbnail').selectAll().execute()).toEqual([]);
    expect(await store.db.selectFrom('image').selectAll().execute()).toHaveLength(200);
    await store.close();
  });

  it('makes caches of another version anew', async () => {
    const folder = await closedProject();
    const cache = new DatabaseSync(join(folder, 'cache.sqlite'));
    cache.exec('PRAGMA user_version = 99; DROP TABLE thumbnail');
    cache.close();
    const store = value(await openProject(folder));
    expect(await store.db.selectFrom('cache.thumbnail').selectAll().execute()).toEqual([]);
    await store.close();
  });

  it('opens again after the folder was moved, without its caches', async () => {
    const folder = await closedProject();
    const moved = join(temporaryFolder(), 'a b#c?%20');
    cpSync(folder, moved, { recursive: true });
    rmSync(join(moved, 'cache.sqlite'));
    const store = value(await openProject(moved));
    expect(store.seq).toBe(3);
    await store.close();
  });
});

describe('a second opener', () => {
  it('is refused with who has it, and may look', async () => {
    const store = await newProject();
    const second = await openProject(store.folder);
    expect(second).toMatchObject({ ok: false, error: { code: 'locked' } });
    expect(second.ok || second.error.reason).toContain(`Process ${process.pid} on `);

    const looking = value(await openProject(store.folder, { readOnly: true }));
    onTestFinished(() => looking.close());
    expect(looking.readOnly).toBe(true);
    value(await store.commit({ ...actor, action: 'class.create', detail: {}, changes: addClasses(3) }));
    expect(await looking.db.selectFrom('class').selectAll().execute()).toHaveLength(3);
    expect(looking.seq).toBe(2);
    expect(await looking.undo(actor)).toMatchObject({ ok: false, error: { code: 'locked' } });
    await expect(
      looking.db.insertInto('cache.meta').values({ key: 'a', value: 'b' }).execute(),
    ).rejects.toThrow(/readonly/);
  });

  it('gets it once the first has closed', async () => {
    const folder = await closedProject();
    const store = value(await openProject(folder));
    await store.close();
  });
});

describe('a folder without write permission', () => {
  it('is refused for writing and can be looked at', async () => {
    const folder = await closedProject();
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o555);
    chmodSync(folder, 0o555);
    chmodSync(join(folder, '..'), 0o755);
    await unprivileged(async () => {
      expect(await openProject(folder)).toMatchObject({ ok: false, error: { code: 'unwritable' } });
      const looking = value(await openProject(folder, { readOnly: true }));
      expect(await looking.db.selectFrom('image').selectAll().execute()).toHaveLength(200);
      expect(await looking.db.selectFrom('cache.thumbnail').selectAll().execute()).toEqual([]);
      await looking.close();
    });
  });
});

function overwrite(file: string, at: number, text: string): void {
  const bytes = readFileSync(file);
  bytes.write(text, at);
  writeFileSync(file, bytes);
}
