import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '#test/support/project.ts';
import { Settings, settingsFolder, type RecentEntry } from './settings.ts';

const schema = z.object({
  theme: z.enum(['dark', 'light']).default('dark'),
  size: z.number().int().min(10).default(128),
});
const open = (folder: string) => Settings.open({ folder, schema });

function recent(number: number): RecentEntry {
  return { folder: `/projects/${number}`, name: `P${number}`, openedAt: number, images: 3, mosaic: [] };
}

it('starts with the defaults and remembers changes', async () => {
  const folder = join(temporaryFolder(), 'config');
  const settings = await open(folder);
  expect(settings.preferences).toEqual({ theme: 'dark', size: 128 });
  expect(await settings.setPreferences({ theme: 'light' })).toEqual({ theme: 'light', size: 128 });
  expect((await open(folder)).preferences).toEqual({ theme: 'light', size: 128 });
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

it('refuses what the schema does not accept', async () => {
  const settings = await open(temporaryFolder());
  await expect(settings.setPreferences({ size: 1 })).rejects.toThrow();
  expect(settings.preferences.size).toBe(128);
});

it('keeps a broken file aside and starts anew', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'settings.json'), '{"preferences": {"theme": "li');
  const settings = await open(folder);
  expect(settings.preferences).toEqual({ theme: 'dark', size: 128 });
  expect(readFileSync(join(folder, 'settings.broken.json'), 'utf8')).toBe('{"preferences": {"theme": "li');
  await settings.setPreferences({ size: 64 });
  expect((await open(folder)).preferences.size).toBe(64);
});

it('replaces only the values that it cannot use', async () => {
  const folder = temporaryFolder();
  const stored = { preferences: { theme: 'light', size: 'big' }, recent: [recent(1), { folder: 3 }] };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(stored));
  const settings = await open(folder);
  expect(settings.preferences).toEqual({ theme: 'light', size: 128 });
  expect(settings.recent).toEqual([]);
  expect(existsSync(join(folder, 'settings.broken.json'))).toBe(false);
});

it('lists recent projects, newest first, each once, at most twenty', async () => {
  const folder = temporaryFolder();
  const settings = await open(folder);
  for (let i = 0; i < 25; i++) await settings.remember(recent(i));
  await settings.remember({ ...recent(20), name: 'Again' });
  await settings.forget('/projects/24');
  const { recent: found } = await open(folder);
  expect(found.map(({ name }) => name).slice(0, 3)).toEqual(['Again', 'P23', 'P22']);
  expect(found).toHaveLength(19);
});

it('writes changes that are asked for at once in order', async () => {
  const folder = temporaryFolder();
  const settings = await open(folder);
  await Promise.all(Array.from({ length: 20 }, (_, i) => settings.setPreferences({ size: 100 + i })));
  expect((await open(folder)).preferences.size).toBe(119);
});

it('lies where EMEND_HOME says, else in the place of the system', () => {
  expect(settingsFolder('/somewhere')).toBe('/somewhere');
  expect(settingsFolder(undefined)).toMatch(/emend/);
  expect(settingsFolder('')).toBe(settingsFolder(undefined));
});
