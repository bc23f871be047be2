import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { newFolder, openApp } from './support/app.ts';
import { test } from './support/browser.ts';
import { GalleryPage } from './support/gallery-page.ts';
import { markedProject } from './support/projects.ts';
import { TrainPage } from './support/train-page.ts';

test('nothing leaves this computer: neither the window nor any process behind it asks anybody', async () => {
  const notes = join(newFolder('notes'), 'connections.txt');
  const witness = pathToFileURL(join(import.meta.dirname, 'support/network-witness.ts'));
  const { page } = await openApp({
    project: await markedProject(8),
    env: { NODE_OPTIONS: `--import ${witness.href}`, EMEND_WITNESS: notes },
  });
  const gallery = new GalleryPage(page);
  await gallery.press('Control+5', 'Control+Shift+C');
  for (const name of ['one', 'two']) {
    await gallery.dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await gallery.dialog.getByRole('button', { name: 'Create' }).click();
    await gallery.dialog.waitFor({ state: 'hidden' });
    await gallery.press('Control+Shift+C');
  }
  await gallery.press('Escape');
  await gallery.dialog.waitFor({ state: 'hidden' });
  await gallery.show('Gallery');
  await gallery.tile(0).click();
  await gallery.tile(3).click({ modifiers: ['Shift'] });
  await gallery.press('1');
  await expect.poll(() => gallery.labelled()).toBe(4);
  await gallery.tile(4).click();
  await gallery.tile(7).click({ modifiers: ['Shift'] });
  await gallery.press('2');
  await expect.poll(() => gallery.labelled()).toBe(8);
  await new TrainPage(page).retrain();
  const lines = readFileSync(notes, 'utf8').trim().split('\n');
  const isWatching = (line: string): boolean => line.startsWith('watching ');
  expect(lines.filter(isWatching).length).toBeGreaterThan(2);
  // A server looks up even the number of the address that it listens on.
  expect(lines.filter((line) => !isWatching(line) && line !== 'lookup 127.0.0.1')).toEqual([]);
});
