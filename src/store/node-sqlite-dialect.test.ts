import { Kysely, sql } from 'kysely';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';

interface Tables {
  thing: { id: number; name: string | null; bytes: Uint8Array | null };
}

async function database(): Promise<Kysely<Tables>> {
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(new DatabaseSync(':memory:')) });
  onTestFinished(() => db.destroy());
  await sql`CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT, bytes BLOB)`.execute(db);
  return db;
}

it('writes, answers counts and reads back', async () => {
  const db = await database();
  const row = { id: 7, name: null, bytes: Uint8Array.of(1) };
  const inserted = await db.insertInto('thing').values(row).executeTakeFirstOrThrow();
  expect(inserted.insertId).toBe(7n);
  const updated = await db.updateTable('thing').set({ name: 'x' }).executeTakeFirstOrThrow();
  expect(updated.numUpdatedRows).toBe(1n);
  expect(await db.selectFrom('thing').selectAll().execute()).toEqual([{ ...row, name: 'x' }]);
  expect(await db.deleteFrom('thing').returning('id').execute()).toEqual([{ id: 7 }]);
});

it('rolls a transaction back when its work fails', async () => {
  const db = await database();
  const failing = db.transaction().execute(async (transaction) => {
    await transaction.insertInto('thing').values({ id: 1, name: 'a', bytes: null }).execute();
    throw new Error('on purpose');
  });
  await expect(failing).rejects.toThrow('on purpose');
  expect(await db.selectFrom('thing').selectAll().execute()).toEqual([]);
});

it('streams rows, also when the reader stops half way', async () => {
  const db = await database();
  const values = [1, 2, 3].map((id) => ({ id, name: null, bytes: null }));
  await db.insertInto('thing').values(values).execute();
  const query = db.selectFrom('thing').select('id').orderBy('id');
  const seen: number[] = [];
  for await (const { id } of query.stream()) {
    seen.push(id);
    if (id === 2) break;
  }
  for await (const { id } of query.stream()) seen.push(id);
  expect(seen).toEqual([1, 2, 1, 2, 3]);
});

it('keeps working beyond the statements that it keeps', async () => {
  const db = await database();
  for (let i = 0; i < 450; i++) {
    const { rows } = await sql<{ n: number }>`SELECT ${sql.lit(i % 300)} AS n`.execute(db);
    expect(rows).toEqual([{ n: i % 300 }]);
  }
});
