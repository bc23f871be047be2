import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { newProject, value } from '#test/support/project.ts';
import { actor, addClasses, addImages, addLabels, changeLabels, classId } from '#test/support/records.ts';
import { EmbeddingFile } from './embedding-file.ts';
import type { ProjectStore } from './project-store.ts';
import { verifyProject } from './verify.ts';

const step = { ...actor, detail: {} };

async function workedOn(): Promise<ProjectStore> {
  const store = await newProject();
  value(await store.commit({ ...step, action: 'class.create', changes: addClasses(3) }));
  value(await store.commit({ ...step, action: 'images.add', changes: addImages(20) }));
  value(await store.commit({ ...step, action: 'label.set', changes: addLabels(20, 0) }));
  value(await store.commit({ ...step, action: 'label.set', changes: changeLabels(5, 0, 1) }));
  value(await store.undo(actor));
  return store;
}

/** Findings after somebody edited the closed project's database by hand. */
async function findingsAfter(sql: string): Promise<readonly string[]> {
  const store = await workedOn();
  await store.close();
  const db = new DatabaseSync(store.paths.project, { enableForeignKeyConstraints: false });
  db.exec(sql);
  db.close();
  return value(await verifyProject(store.folder)).problems;
}

describe('verifyProject', () => {
  it('finds nothing in a project that was only worked on, open or closed', async () => {
    const store = await workedOn();
    const report = { ok: true, entries: 6, records: 2 + 3 + 1 + 20 + 20, problems: [] };
    expect(value(await verifyProject(store.folder))).toEqual(report);
    await store.close();
    expect(value(await verifyProject(store.folder))).toEqual(report);
  });

  it('finds a byte of the journal that flipped on the disk', async () => {
    const store = await workedOn();
    await store.close();
    const bytes = readFileSync(store.paths.project);
    const at = bytes.lastIndexOf('"name":"Class 2"');
    expect(at).toBeGreaterThan(0);
    bytes[at + 8] = bytes.readUInt8(at + 8) ^ 1;
    writeFileSync(store.paths.project, bytes);
    const { problems } = value(await verifyProject(store.folder));
    expect(problems[0]).toBe('Journal row 2 was changed after it was written: its hash does not fit.');
    expect(problems.join()).toContain('class record(s)');
  });

  it.each([
    ['UPDATE journal SET detail = \'{"count":1}\' WHERE seq = 3', 'Journal row 3 was changed'],
    ['UPDATE journal SET time = time + 1 WHERE seq = 2', 'Journal row 2 was changed'],
    ['UPDATE journal SET changeCount = 4 WHERE seq = 4', 'Journal row 4 counts 4 changes and holds 20.'],
    ["UPDATE journal SET changes = '[' WHERE seq = 4", 'Journal row 4 cannot be read.'],
    ["UPDATE journal SET id = 'ann:9' WHERE seq = 4", 'Journal row 4 is named ann:9 instead of ann:4.'],
  ])('finds an edited journal row: %s', async (sql, sentence) => {
    expect((await findingsAfter(sql)).join('\n')).toContain(sentence);
  });

  it('finds a missing journal row, also the last', async () => {
    const inside = await findingsAfter('DELETE FROM journal WHERE seq = 4');
    expect(inside[0]).toBe('Journal row 4 is missing.');
    const last = await findingsAfter('DELETE FROM journal WHERE seq = 6');
    expect(last[0]).toMatch(/^5 label record\(s\)/);
  });

  it('finds a row that was forged with a fitting hash of its own', async () => {
    const findings = await findingsAfter(
      "UPDATE journal SET previousHash = hash WHERE seq = 2; UPDATE journal SET hash = 'x' WHERE seq = 2",
    );
    expect(findings).toContain('Journal row 2 does not follow on the row before it.');
    expect(findings).toContain('Journal row 3 does not follow on the row before it.');
  });

  it.each([
    [
      "UPDATE label SET class = 'class-2' WHERE unit = 'image-7'",
      '1 label record(s) of the journal are missing or different in their table, first image-7:ann.',
    ],
    [
      "DELETE FROM image WHERE id = 'image-3'",
      '1 image record(s) of the journal are missing or different in their table, first image-3.',
    ],
    [
      "INSERT INTO annotator VALUES ('eve', 'Eve')",
      '1 annotator record(s) in their table are not what the journal says, first eve.',
    ],
    [
      "UPDATE current_label SET class = 'class-2' WHERE unit = 'image-0'",
      'The current label of 1 unit(s) is not their newest label, first image-0.',
    ],
    [
      "DELETE FROM current_label WHERE unit = 'image-0'",
      'The current label of 1 unit(s) is not their newest label, first image-0.',
    ],
  ])('finds a table that was edited by hand: %s', async (sql, sentence) => {
    expect(await findingsAfter(sql)).toContain(sentence);
  });

  it('finds caches about images that do not exist, and caches that cannot be used', async () => {
    const store = await workedOn();
    const stray = {
      unit: 'nobody' as never,
      class: classId(0),
      confidence: 1,
      probabilities: new Uint8Array(4),
    };
    await store.db.insertInto('cache.prediction').values(stray).execute();
    expect(value(await verifyProject(store.folder)).problems).toEqual([
      '1 cached prediction(s) are about images that do not exist, first nobody.',
    ]);
    await store.close();
    writeFileSync(store.paths.cache, 'rubbish '.repeat(1000));
    expect(value(await verifyProject(store.folder)).problems).toEqual([
      'cache.sqlite cannot be used; it is made anew when the project is opened for writing.',
    ]);
  });

  it('finds embeddings without their rows', async () => {
    const store = await workedOn();
    const origin = { dim: 4, fingerprint: 'ab'.repeat(32) };
    const file = await EmbeddingFile.open(store.paths.embeddings, 'patches', origin);
    await file.append(['01'.repeat(32), '02'.repeat(32)], new Float32Array(8));
    await file.close();
    expect(value(await verifyProject(store.folder)).ok).toBe(true);
    truncateSync(file.path, 20);
    expect(value(await verifyProject(store.folder)).problems).toEqual([
      'patches.f32 holds 1 embeddings where its keys name 2',
    ]);
  });

  it('says when there is no project, and changes nothing', async () => {
    const folder = join(import.meta.dirname, 'migrations');
    expect(await verifyProject(folder)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });
});
