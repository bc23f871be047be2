import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newProject, temporaryFolder, ticking, value } from '#test/support/project.ts';
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
import { created, removed, updated } from '#core/changes.ts';
import { openWriter } from './connections.ts';
import { openProject } from './open-project.ts';
import { pragmaNumber } from './pragma.ts';
import type { ProjectStore } from './project-store.ts';
import { ProjectWriter } from './project-writer.ts';
import { verifyProject } from './verify.ts';

const step = { ...actor, detail: {} };

async function withImages(count = 5): Promise<ProjectStore> {
  const store = await newProject();
  value(await store.commit({ ...step, action: 'class.create', changes: addClasses(3) }));
  value(await store.commit({ ...step, action: 'images.add', changes: addImages(count) }));
  return store;
}

async function currentClasses(store: ProjectStore): Promise<Record<string, string>> {
  const rows = await store.db.selectFrom('current_label').selectAll().execute();
  return Object.fromEntries(rows.map((row) => [row.unit, row.class]));
}

describe('commit', () => {
  it('answers what is on disk: rows, batch, kinds', async () => {
    const store = await withImages();
    const committed = value(
      await store.commit({ ...step, action: 'label.set', detail: { count: 2 }, changes: addLabels(2, 1) }),
    );
    expect(committed).toEqual({ seq: 4, batch: 'ann:4', changed: 2, kinds: ['label'], removedImages: false });
    expect(await store.db.selectFrom('label').selectAll().execute()).toEqual([label(0, 1), label(1, 1)]);
    const [line] = await store.readJournal({ before: null, limit: 1 });
    expect(line).toMatchObject({
      seq: 4,
      action: 'label.set',
      detail: { count: 2 },
      changes: 2,
      undone: false,
    });
  });

  it('refuses an action whose records changed meanwhile, wholly', async () => {
    const store = await withImages();
    value(await store.commit({ ...step, action: 'label.set', changes: addLabels(2, 1) }));
    const late = [created('label', label(3, 1)), updated('label', label(0, 2), label(0, 1))];
    const outcome = await store.commit({ ...step, action: 'label.set', changes: late });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'conflict', subject: 'image-0:ann' } });
    const again = await store.commit({ ...step, action: 'label.set', changes: addLabels(1, 2) });
    expect(again).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(store.seq).toBe(4);
    expect(Object.keys(await currentClasses(store))).toHaveLength(2);
    expect(
      value(await store.commit({ ...step, action: 'label.set', changes: [created('label', label(3, 1))] }))
        .seq,
    ).toBe(5);
  });

  it('refuses what is no valid record, and references to nothing', async () => {
    const store = await withImages();
    const odd = [created('class', aClass(7, { colour: 'red' }))];
    expect(await store.commit({ ...step, action: 'class.create', changes: odd })).toMatchObject({
      ok: false,
      error: { code: 'bad-input', subject: 'class-7' },
    });
    const dangling = [created('label', label(0, 99))];
    expect(await store.commit({ ...step, action: 'label.set', changes: dangling })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    const nowhere = [created('label', label(77, 0))];
    expect(await store.commit({ ...step, action: 'label.set', changes: nowhere })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    value(await store.commit({ ...step, action: 'label.set', changes: addLabels(1, 1) }));
    const used = [removed('class', aClass(1))];
    expect(await store.commit({ ...step, action: 'class.remove', changes: used })).toMatchObject({
      ok: false,
    });
    expect(store.seq).toBe(4);
  });

  it('keeps the newest label of each unit current, whoever gave it', async () => {
    const store = await withImages();
    const said = (number: number, by: typeof ann, time: number) => label(0, number, { annotator: by, time });
    const say = async (
      ...changes: Parameters<typeof store.commit>[0]['changes']
    ): Promise<string | undefined> => {
      value(await store.commit({ ...step, action: 'label.set', changes }));
      return (await currentClasses(store))['image-0'];
    };
    expect(await say(created('label', said(0, ann, 10)))).toBe('class-0');
    expect(await say(created('label', said(1, bo, 5)))).toBe('class-0');
    expect(await say(updated('label', said(1, bo, 5), said(2, bo, 20)))).toBe('class-2');
    expect(await say(updated('label', said(0, ann, 10), said(1, ann, 20)))).toBe('class-2');
    expect(await say(updated('label', said(2, bo, 20), said(2, bo, 3)))).toBe('class-1');
    expect(await say(removed('label', said(1, ann, 20)))).toBe('class-2');
    expect(await say(removed('label', said(2, bo, 3)))).toBeUndefined();
  });

  it('runs actions that are asked for at once one after the other', async () => {
    const store = await withImages(50);
    const asked = Array.from({ length: 50 }, (_, number) =>
      store.commit({ ...step, action: 'label.set', changes: [created('label', label(number, 0))] }),
    );
    const seqs = (await Promise.all(asked)).map((outcome) => value(outcome).seq);
    expect(seqs).toEqual(Array.from({ length: 50 }, (_, number) => 4 + number));
  });

  it('lets the process and its queries run during a large action, and shows them nothing unfinished', async () => {
    const store = await withImages(6000);
    let isDone = false;
    const committing = store
      .commit({ ...step, action: 'label.set', changes: addLabels(6000, 1) })
      .then((outcome) => {
        isDone = true;
        return value(outcome);
      });
    const seen = new Set<number>();
    let looks = 0;
    while (!isDone) {
      seen.add(Object.keys(await currentClasses(store)).length);
      looks++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await committing;
    expect([...seen].filter((count) => count !== 0 && count !== 6000)).toEqual([]);
    expect(looks).toBeGreaterThan(2);
  });

  it('tells that the disk is full, and keeps what was there', async () => {
    const store = await withImages();
    await store.close();
    const db = openWriter(store.paths.project);
    db.exec(`PRAGMA max_page_count = ${pragmaNumber(db, 'page_count') + 4}`);
    const writer = await ProjectWriter.open(db, store.folder, ticking());
    const many = Array.from({ length: 5000 }, (_, number) => created('image', image(100 + number)));
    const outcome = await writer.commit({ ...step, action: 'images.add', changes: many });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'unwritable', subject: store.folder } });
    expect(outcome.ok || outcome.error.reason).toContain('disk is full');
    expect(value(await writer.commit({ ...step, action: 'label.set', changes: addLabels(1, 1) })).seq).toBe(
      4,
    );
    db.close();
    expect(value(await verifyProject(store.folder))).toMatchObject({ ok: true, entries: 4 });
  });
});

describe('an action too large for one row', () => {
  const many = addImages(5000);

  it('is written as several rows of one batch, counted once and undone together', async () => {
    const store = await newProject();
    const done = value(
      await store.commit({ ...step, detail: { count: 5000 }, action: 'images.add', changes: many }),
    );
    expect(done).toMatchObject({ seq: 4, changed: 5001 });
    const rows = await store.db
      .selectFrom('journal')
      .select(['batch', 'changeCount'])
      .where('seq', '>', 1)
      .execute();
    expect(rows).toEqual([2000, 2000, 1001].map((changeCount) => ({ batch: done.batch, changeCount })));
    const [line] = await store.readJournal({ before: null, limit: 1 });
    expect(line).toMatchObject({ seq: 4, changes: 5001, detail: { count: 5000 } });
    value(await store.undo(actor));
    expect(await store.db.selectFrom('image').select('id').execute()).toEqual([]);
    value(await store.redo(actor));
    expect(await store.db.selectFrom('image').select('id').execute()).toHaveLength(5000);
    expect(value(await verifyProject(store.folder)).problems).toEqual([]);
  });

  it('is not written at all when its last change conflicts', async () => {
    const store = await newProject();
    const twice = [...many, created('image', image(7))];
    const done = await store.commit({ ...step, action: 'images.add', changes: twice });
    expect(done).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await store.db.selectFrom('image').select('id').execute()).toEqual([]);
    expect(store.seq).toBe(1);
  });
});

describe('undo and redo', () => {
  it('take back and do again, also after a restart', async () => {
    const store = await withImages();
    value(await store.commit({ ...step, action: 'label.set', changes: addLabels(2, 1) }));
    value(await store.commit({ ...step, action: 'label.set', changes: changeLabels(2, 1, 2) }));
    value(await store.undo(actor));
    expect(await currentClasses(store)).toEqual({ 'image-0': 'class-1', 'image-1': 'class-1' });
    await store.close();

    const reopened = value(await openProject(store.folder, { clock: ticking() }));
    value(await reopened.redo(actor));
    expect(await currentClasses(reopened)).toEqual({ 'image-0': 'class-2', 'image-1': 'class-2' });
    value(await reopened.undo(actor));
    value(await reopened.undo(actor));
    expect(await currentClasses(reopened)).toEqual({});
    expect((await reopened.undoState()).redo).toMatchObject({ batch: 'ann:4', action: 'label.set' });
    await reopened.close();
  });

  it('say so when there is nothing left', async () => {
    const store = await newProject();
    expect(await store.undo(actor)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(await store.redo(actor)).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('take all rows of a batch together', async () => {
    const store = await newProject();
    const counted = (count: number) => ({ ...step, detail: { count }, action: 'images.add' as const });
    const first = value(await store.commit({ ...counted(3), changes: addImages(3) }));
    const moved = updated('image', image(2), image(2, { split: 'dev' }));
    const more = [created('image', image(3)), created('image', image(4)), moved];
    value(await store.commit({ ...counted(2), batch: first.batch, changes: more }));
    const undone = value(await store.undo(actor));
    expect(undone).toMatchObject({ changed: 7, removedImages: true });
    expect(await store.db.selectFrom('image').selectAll().execute()).toEqual([]);
    value(await store.redo(actor));
    expect(await store.db.selectFrom('image').selectAll().execute()).toHaveLength(5);
    const lines = await store.readJournal({ before: null, limit: 10 });
    const added = { action: 'images.add', detail: { count: 5 } };
    expect(lines).toMatchObject([
      { seq: 7, batch: 'ann:6', action: 'redo', changes: 7, targetAction: added },
      { seq: 5, batch: 'ann:4', action: 'undo', changes: 7, targetAction: added },
      { seq: 3, batch: 'ann:2', ...added, changes: 7, targetAction: null },
      { seq: 1, batch: 'ann:1', action: 'project.create' },
    ]);
    expect((await store.undoState()).undo).toMatchObject(added);
  });

  it('begin a new batch when something else was done in between', async () => {
    const store = await withImages(2);
    const first = value(await store.commit({ ...step, action: 'label.import', changes: addLabels(1, 0) }));
    value(await store.commit({ ...step, action: 'class.create', changes: [created('class', aClass(8))] }));
    const rest = [created('label', label(1, 0))];
    const second = value(
      await store.commit({ ...step, action: 'label.import', batch: first.batch, changes: rest }),
    );
    expect(second.batch).not.toBe(first.batch);
    value(await store.undo(actor));
    expect(await currentClasses(store)).toEqual({ 'image-0': 'class-0' });
  });

  it('drop what the caches say about images that are gone', async () => {
    const store = await withImages(2);
    const prediction = { class: classId(0), confidence: 0.5, probabilities: new Uint8Array(4) };
    await store.db
      .insertInto('cache.prediction')
      .values({ ...prediction, unit: label(0, 0).unit })
      .execute();
    value(await store.undo(actor));
    expect(value(await store.verify()).problems).toEqual([]);
    expect(await store.db.selectFrom('cache.prediction').selectAll().execute()).toEqual([]);
  });

  it('drop it when the project is opened again, where that was not done before', async () => {
    const store = await withImages(2);
    const rows = Array.from({ length: 2500 }, (_, n) => ({
      ...{ unit: label(n, 0).unit, given: classId(0), suggested: classId(1), reasons: '[]' },
      ...{ score: 0.5, rank: n + 1, wrong: 0.5 },
    }));
    await store.db.insertInto('cache.suspect').values(rows).execute();
    await store.close();
    const again = value(await openProject(store.folder));
    expect(value(await again.verify()).problems).toEqual([]);
    expect(await again.db.selectFrom('cache.suspect').select('unit').execute()).toHaveLength(2);
    await again.close();
  });
});

describe('restore', () => {
  it('takes back everything after a row, as one action that can be undone', async () => {
    const store = await withImages(3);
    value(await store.commit({ ...step, action: 'label.set', changes: addLabels(3, 0) }));
    const { seq } = store;
    value(await store.commit({ ...step, action: 'label.set', changes: changeLabels(2, 0, 1) }));
    value(await store.commit({ ...step, action: 'label.clear', changes: [removed('label', label(2, 0))] }));
    const twice = updated('label', label(0, 1, { time: 11 }), label(0, 2, { time: 12 }));
    value(await store.commit({ ...step, action: 'label.set', changes: [twice] }));
    const later = await currentClasses(store);
    value(await store.restore(seq, actor));
    expect(await currentClasses(store)).toEqual({
      'image-0': 'class-0',
      'image-1': 'class-0',
      'image-2': 'class-0',
    });
    value(await store.undo(actor));
    expect(await currentClasses(store)).toEqual(later);
    expect(await store.restore(store.seq, actor)).toMatchObject({ ok: false });
  });

  it('shows in the time line what is undone now', async () => {
    const store = await withImages(1);
    value(await store.commit({ ...step, action: 'label.set', changes: addLabels(1, 0) }));
    value(await store.undo(actor));
    const undone = async (): Promise<unknown> =>
      (await store.readJournal({ before: 5, limit: 1 })).map((line) => line.undone);
    expect(await undone()).toEqual([true]);
    value(await store.redo(actor));
    expect(await undone()).toEqual([false]);
  });
});

describe('db', () => {
  it('cannot change the project, only the caches', async () => {
    const store = await withImages();
    const raw = store.db as unknown as { deleteFrom(table: string): { execute(): Promise<unknown> } };
    await expect(raw.deleteFrom('image').execute()).rejects.toThrow(/readonly/);
    await expect(raw.deleteFrom('meta').execute()).rejects.toThrow(/readonly/);
    expect(await store.db.selectFrom('image').select('id').execute()).toHaveLength(5);
    await store.db.insertInto('cache.meta').values({ key: 'model', value: 'm1' }).execute();
    expect(await store.db.selectFrom('cache.meta').selectAll().execute()).toEqual([
      { key: 'model', value: 'm1' },
    ]);
  });

  it('answers the gallery without sorting', async () => {
    const store = await withImages();
    const plan = await store.db
      .selectFrom('image')
      .select(['id', 'width', 'height'])
      .orderBy('path')
      .orderBy('id')
      .explain(undefined, sql`query plan`);
    expect(JSON.stringify(plan)).toContain('COVERING INDEX image_path');
    expect(JSON.stringify(plan)).not.toContain('TEMP B-TREE');
  });

  it('is closed with the store', async () => {
    const folder = temporaryFolder();
    const store = await newProject(folder);
    await store.close();
    await store.close();
    expect(await store.commit({ ...step, action: 'class.create', changes: addClasses(1) })).toMatchObject({
      ok: false,
      error: { code: 'busy' },
    });
    await expect(store.db.selectFrom('image').selectAll().execute()).rejects.toThrow();
  });
});
