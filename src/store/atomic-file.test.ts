import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '#test/support/project.ts';
import { writeFileAtomically } from './atomic-file.ts';

it('makes the folder, then replaces the content, and leaves nothing else', async () => {
  const folder = join(temporaryFolder(), 'a', 'b');
  await writeFileAtomically(join(folder, 'x.txt'), 'one');
  await writeFileAtomically(join(folder, 'x.txt'), Uint8Array.of(0x74, 0x77, 0x6f));
  expect(readFileSync(join(folder, 'x.txt'), 'utf8')).toBe('two');
  expect(readdirSync(folder)).toEqual(['x.txt']);
});

it('leaves no draft when it fails', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'x'));
  await expect(writeFileAtomically(join(folder, 'x'), 'one')).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['x']);
});
