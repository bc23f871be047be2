import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { sharedPath } from '../support/shared.ts';
import { emendJson, newProjectFolder } from '../support/terminal.ts';

const odd = sharedPath('data', 'odd_images');

test.skipIf(odd === null)(
  'a folder of odd, broken and hostile files: every file is either added or listed with a reason',
  { timeout: 600_000 },
  async () => {
    const project = await newProjectFolder();
    await emendJson('create', project);
    const added = await emendJson<{ images: number; skipped: { path: string; reason: string }[] }>(
      'add',
      project,
      odd ?? '',
    );
    const entries = await readdir(odd ?? '', { recursive: true, withFileTypes: true });
    const documents = /\.(csv|md)$/;
    const files = entries.filter((entry) => entry.isFile() && !documents.test(entry.name));
    console.log('odd images', { files: files.length, added: added.images, listed: added.skipped.length });
    expect(added.images + added.skipped.length).toBe(files.length);
    expect(added.images).toBeGreaterThan(200);
    for (const { reason } of added.skipped) expect(reason).toMatch(/^[A-Z].*[.]$/s);
    expect(await emendJson('verify', project)).toMatchObject({ ok: true });
  },
);
