import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { walkFolder } from './folder-walk.ts';

async function folderWith(...files: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'emend-'));
  for (const file of files) {
    await mkdir(join(folder, file, '..'), { recursive: true });
    await writeFile(join(folder, file), '');
  }
  return folder;
}

test('lists files below a folder, sorted, without hidden ones and projects', async () => {
  const folder = await folderWith(
    'b.jpg',
    'a/z.jpg',
    'a/.x.jpg',
    '.git/y.jpg',
    'n.txt',
    'p/project.sqlite',
    'p/i.jpg',
  );
  const walk = await walkFolder(folder, { signal: new AbortController().signal });
  expect(walk).toEqual({ ok: true, value: { files: ['a/z.jpg', 'b.jpg', 'n.txt'], unreadable: [] } });
});

test('a link to a folder is an entry, not a way: a circle of links ends', async () => {
  const folder = await folderWith('a/z.jpg');
  await symlink(folder, join(folder, 'a', 'loop'));
  const walk = await walkFolder(folder, { signal: new AbortController().signal });
  expect(walk.ok && walk.value.files).toEqual(['a/loop', 'a/z.jpg']);
});

test('a missing folder and a cancelled walk are told', async () => {
  const signal = new AbortController().signal;
  expect(await walkFolder('/nowhere', { signal })).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
  const folder = await folderWith('a.jpg');
  expect(await walkFolder(folder, { signal: AbortSignal.abort() })).toMatchObject({
    ok: false,
    error: { code: 'cancelled' },
  });
});
