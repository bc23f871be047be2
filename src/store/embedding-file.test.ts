import { appendFileSync, statSync, truncateSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '#test/support/project.ts';
import { checkEmbeddings, EmbeddingFile, embeddingPaths } from './embedding-file.ts';
import { KeyIndex } from './key-index.ts';

const dim = 3;
const origin = { dim, fingerprint: 'ab'.repeat(32) };

function hash(number: number): string {
  return createHash('sha256').update(String(number)).digest('hex');
}

function hashes(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => hash(from + i));
}

/** Row i holds i, i + ¼, i + ½. */
function rows(from: number, count: number): Float32Array {
  return Float32Array.from({ length: count * dim }, (_, i) => from + Math.floor(i / dim) + (i % dim) / 4);
}

async function filled(folder: string, count: number): Promise<EmbeddingFile> {
  const file = await EmbeddingFile.open(folder, 'patches', origin);
  await file.append(hashes(0, count), rows(0, count));
  return file;
}

it('finds rows by hash, also after opening again', async () => {
  const folder = temporaryFolder();
  const file = await filled(folder, 500);
  await file.append(hashes(500, 10), rows(500, 10));
  await file.close();
  const again = await EmbeddingFile.open(folder, 'patches', origin);
  onTestFinished(() => again.close());
  expect(again.count).toBe(510);
  expect(hashes(0, 511).map((key) => again.rowOf(key))).toEqual([...Array(510).keys(), null]);
  expect(await again.read(505, 2)).toEqual(rows(505, 2));
  const bytes = await readFile(again.path);
  expect(new Float32Array(bytes.buffer, bytes.byteOffset, 510 * dim)).toEqual(rows(0, 510));
});

it('leaves out what is there, in the file and in the list', async () => {
  const file = await filled(temporaryFolder(), 2);
  onTestFinished(() => file.close());
  await file.append([hash(1), hash(2), hash(2), hash(3)], rows(1, 4));
  expect(file.count).toBe(4);
  expect(file.rowOf(hash(3))).toBe(3);
  expect(await file.read(2, 2)).toEqual(Float32Array.of(...rows(2, 1), ...rows(4, 1)));
});

it('keeps the order of appends that are asked for at once', async () => {
  const file = await filled(temporaryFolder(), 0);
  onTestFinished(() => file.close());
  await Promise.all([0, 10, 20].map((from) => file.append(hashes(from, 10), rows(from, 10))));
  expect(await file.read(0, 30)).toEqual(rows(0, 30));
});

it.each([
  ['rows without keys', (paths: Paths) => appendFileSync(paths.rows, Buffer.alloc(40)), 4],
  ['part of a key', (paths: Paths) => truncateSync(paths.keys, statSync(paths.keys).size - 5), 3],
  [
    'a key that was never written',
    (paths: Paths) => (
      appendFileSync(paths.rows, Buffer.alloc(12)),
      appendFileSync(paths.keys, Buffer.alloc(32))
    ),
    4,
  ],
  ['part of a row', (paths: Paths) => truncateSync(paths.rows, 4 * dim * 4 - 2), 3],
  ['nothing at all', (paths: Paths) => (truncateSync(paths.rows, 0), truncateSync(paths.keys, 0)), 0],
])('cuts off what a crash left incomplete: %s', async (_, damage, kept) => {
  const folder = temporaryFolder();
  const file = await filled(folder, 4);
  await file.close();
  const paths = embeddingPaths(folder, 'patches');
  damage(paths);
  const again = await EmbeddingFile.open(folder, 'patches', origin);
  expect(again.count).toBe(kept);
  await again.append(hashes(kept, 5 - kept), rows(kept, 5 - kept));
  expect(await again.read(0, 5)).toEqual(rows(0, 5));
  await again.close();
  expect([statSync(paths.rows).size, statSync(paths.keys).size]).toEqual([5 * dim * 4, 6 * 32]);
  expect(await checkEmbeddings(folder, 'patches')).toBeNull();
});

it('throws away the rows of another backbone', async () => {
  const folder = temporaryFolder();
  await (await filled(folder, 4)).close();
  const other = await EmbeddingFile.open(folder, 'patches', { dim, fingerprint: 'cd'.repeat(32) });
  expect(other.count).toBe(0);
  expect(statSync(other.path).size).toBe(0);
  await other.close();
});

it('can be read beside a writer, and never changes anything then', async () => {
  const folder = temporaryFolder();
  expect(await EmbeddingFile.openToRead(folder, 'patches', origin)).toBeNull();
  const file = await filled(folder, 4);
  onTestFinished(() => file.close());
  appendFileSync(file.path, Buffer.alloc(7));
  const reader = await EmbeddingFile.openToRead(folder, 'patches', origin);
  expect(await reader?.read(0, 4)).toEqual(rows(0, 4));
  expect(statSync(file.path).size).toBe(4 * dim * 4 + 7);
  await reader?.close();
  expect(await EmbeddingFile.openToRead(folder, 'patches', { ...origin, dim: 5 })).toBeNull();
});

it('indexes 200,000 keys exactly', () => {
  const index = new KeyIndex();
  const keys = Array.from({ length: 200_000 }, (_, i) => createHash('sha256').update(`${i}`).digest());
  for (const key of keys) index.add(key);
  expect(keys.every((key, row) => index.rowOf(key) === row)).toBe(true);
  expect(index.rowOf(createHash('sha256').update('other').digest())).toBeNull();
});

type Paths = ReturnType<typeof embeddingPaths>;
