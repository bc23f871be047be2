import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/support/project.ts';
import { makeFolder } from './make-folder.ts';

test('makes what is missing, also when asked several times at once', async () => {
  const folder = join(temporaryFolder(), 'a', 'b', 'c');
  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(join(folder, 'd'))]);
  expect(statSync(join(folder, 'd')).isDirectory()).toBe(true);
  await makeFolder(folder);
});

test('below a file there is no folder', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await expect(makeFolder(join(file, 'a', 'b'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test.runIf(existsSync('/proc/self'))('where the system makes no folders it ends at once', async () => {
  await expect(makeFolder('/proc/emend/a/b')).rejects.toMatchObject({ code: 'ENOENT', syscall: 'mkdir' });
});
