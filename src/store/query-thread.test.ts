import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { newProject, value } from '#test/support/project.ts';
import { actor, addImages, image } from '#test/support/records.ts';
import { created } from '#core/changes.ts';
import type { ProjectStore } from './project-store.ts';
import { QueryThread } from './query-thread.ts';
import { storageProblem } from './storage-problem.ts';

const step = { ...actor, detail: {}, action: 'images.add' } as const;

/** A project whose queries take several messages. */
async function withImages(count: number): Promise<ProjectStore> {
  const store = await newProject();
  value(await store.commit({ ...step, changes: addImages(count) }));
  return store;
}

it('gives what the other connection gives, and what was committed just before', async () => {
  const store = await withImages(2000);
  for (const [more, count] of [2500, 2501].entries()) {
    const query = store.db.selectFrom('image').selectAll().orderBy('path', 'desc');
    const rows = await store.background.executeQuery<{ id: string }>(query);
    expect(rows.rows).toHaveLength(2000 + more);
    expect(rows.rows).toEqual(await query.execute());
    value(await store.commit({ ...step, changes: [created('image', image(count))] }));
  }
});

it('answers overlapping queries, each with its own rows', async () => {
  const { background } = await withImages(3000);
  const remainders = [0, 1, 2, 3, 4];
  const answers = await Promise.all(
    remainders.map((rest) =>
      background
        .selectFrom('image')
        .select('bytes')
        .where(sql<boolean>`bytes % 5 = ${rest}`)
        .execute(),
    ),
  );
  for (const [rest, rows] of answers.entries()) {
    expect(rows).toHaveLength(600);
    expect(rows.every(({ bytes }) => bytes % 5 === rest)).toBe(true);
  }
});

it('hands on what SQLite says, refuses to write, and answers the next query', async () => {
  const { background } = await withImages(1);
  const said = await sql`DELETE FROM image`.execute(background).catch((cause: unknown) => cause);
  expect(storageProblem(said, 'x')).toMatchObject({ code: 'unwritable' });
  await expect(sql`SELECT nowhere FROM image`.execute(background)).rejects.toThrow('no such column');
  await expect(background.transaction().execute(async () => null)).rejects.toThrow('only read');
  expect((await sql`SELECT id FROM image`.execute(background)).rows).toHaveLength(1);
});

it('fails what waits when it is closed or its project is not there, and stays closed', async () => {
  const store = await withImages(5000);
  const thread = new QueryThread(store.folder);
  const asked = thread.all('SELECT * FROM image', []);
  await thread.close();
  await expect(asked).rejects.toThrow('ended');
  await expect(thread.all('SELECT 1', [])).rejects.toThrow('closed');
  const nowhere = new QueryThread(`${store.folder}-gone`);
  await expect(nowhere.all('SELECT 1', [])).rejects.toThrow();
  await nowhere.close();
});
