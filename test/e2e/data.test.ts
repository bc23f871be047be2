import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { newFolder, openApp } from './support/app.ts';
import { test } from './support/browser.ts';
import { DataPage } from './support/data-page.ts';
import { GalleryPage } from './support/gallery-page.ts';

/** A folder with two sub-folders of images, and one file that only looks like an image. */
async function folderOfImages(): Promise<string> {
  const folder = join(newFolder('images'), 'pollen');
  for (const [kind, colour] of [
    ['birch', '#c8b060'],
    ['hazel', '#60a8c8'],
  ] as const) {
    mkdirSync(join(folder, kind), { recursive: true });
    for (let index = 0; index < 4; index++) {
      const create = { width: 80 + 20 * index, height: 80, channels: 3, background: colour } as const;
      await sharp({ create })
        .png()
        .toFile(join(folder, kind, `${index}.png`));
    }
  }
  writeFileSync(join(folder, 'birch', 'broken.png'), 'This is not an image.');
  return folder;
}

async function createProject(page: Page, data: DataPage, name: string): Promise<void> {
  const place = newFolder('place');
  await page.getByRole('button', { name: /^New project/ }).click();
  await data.dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await data.dialog.getByRole('button', { name: 'Choose a folder' }).click();
  await data.pick(place);
  await data.dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('button', { name: `Project: ${name}` }).waitFor();
}

async function addFolder(data: DataPage, folder: string): Promise<void> {
  await data.press('Control+Shift+A');
  await data.dialog.getByRole('button', { name: 'Choose a folder' }).click();
  await data.pick(folder);
  await data.dialog.getByRole('radio', { name: 'Names of sub-folders' }).check();
  await data.dialog.getByRole('button', { name: 'Add images' }).click();
}

test('create a project, add a folder, see what was left out and why', async () => {
  const { page } = await openApp();
  const data = new DataPage(page);
  await createProject(page, data, 'Pollen');
  const gallery = new GalleryPage(page);
  await page.getByRole('heading', { name: 'No images yet' }).waitFor();
  await addFolder(data, await folderOfImages());
  await expect.poll(() => gallery.shown()).toBe(8);
  await page.getByRole('button', { name: 'Show which and why' }).click();
  const skipped = page.getByRole('region', { name: '1 file was left out' });
  const line = skipped.getByRole('row', { name: /broken\.png/ });
  expect(await line.getByRole('cell').last().innerText()).toMatch(/^\S.{8,}/);
  await data.row('birch').getByText('4 images').waitFor();
  await data.row('hazel').getByText('4 images').waitFor();
});

test('create, rename, key, order, nest, merge and remove classes, and take it all back', async () => {
  const { page } = await openApp();
  const data = new DataPage(page);
  await createProject(page, data, 'Pollen');
  await addFolder(data, await folderOfImages());
  await data.show('Data');
  await data.row('hazel').waitFor();

  await data.press('Control+Shift+C');
  await data.dialog.getByRole('textbox', { name: 'Name' }).fill('alder');
  await data.dialog.getByRole('button', { name: 'No key' }).click();
  await data.press('9');
  await data.dialog.getByRole('button', { name: 'Create' }).click();
  await data.row('alder').waitFor();
  expect([...(await data.keys()).keys()]).toEqual(['birch', 'hazel', 'alder']);
  expect((await data.keys()).get('alder')).toBe('9');

  await data.edit('alder');
  await data.dialog.getByRole('textbox', { name: 'Name' }).fill('grey alder');
  await data.dialog.getByRole('radio', { name: 'Colour 7' }).click();
  await data.dialog.getByRole('button', { name: 'Save' }).click();
  await data.row('grey alder').waitFor();
  await data.more('grey alder', 'Move up');
  await expect.poll(async () => [...(await data.keys()).keys()]).toEqual(['birch', 'grey alder', 'hazel']);

  await data.more('hazel', 'Merge into another class');
  await data.dialog.getByRole('combobox', { name: 'Into' }).click();
  await page.getByRole('option', { name: 'birch' }).click();
  await data.dialog.getByText('4 images change their label; then 8 carry it.').waitFor();
  await data.dialog.getByRole('button', { name: 'Merge' }).click();
  await data.row('birch').getByText('8 images').waitFor();
  expect([...(await data.keys()).keys()]).toEqual(['birch', 'grey alder']);

  const undo = page.getByRole('button', { name: /^Undo: / });
  for (let back = 0; back < 4; back++) {
    const last = await undo.getAttribute('aria-label');
    await data.press('Control+z');
    await expect.poll(() => undo.getAttribute('aria-label')).not.toBe(last);
  }
  await expect.poll(async () => [...(await data.keys()).keys()]).toEqual(['birch', 'hazel']);
  await data.row('hazel').getByText('4 images').waitFor();
});

test('relocate a source that moved, and export the labels', async () => {
  const { page } = await openApp();
  const data = new DataPage(page);
  await createProject(page, data, 'Pollen');
  const folder = await folderOfImages();
  await addFolder(data, folder);
  await data.show('Data');
  await data.row('hazel').waitFor();

  const moved = join(newFolder('moved'), 'pollen');
  renameSync(folder, moved);
  await page.reload();
  const sources = page.getByRole('region', { name: 'Sources' });
  await sources.getByText(`Not there: ${folder}`).waitFor();
  await sources.getByRole('button', { name: 'Relocate' }).click();
  await data.pick(moved);
  await page.getByText('8 images found in the new place, 0 missing').waitFor();
  await sources.getByRole('cell', { name: moved }).waitFor();

  const place = newFolder('export');
  await data.press('Control+Shift+E');
  await data.dialog.getByRole('button', { name: 'Choose a folder' }).click();
  await data.pick(place);
  await data.dialog.getByRole('button', { name: 'Export' }).click();
  await page.getByText(/^8 rows written to/).waitFor();
  const lines = readFileSync(join(place, 'labels.csv'), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(9);
  expect(lines[0]).toMatch(/^path,label,annotator,time/);
  expect(lines[1]).toMatch(/^birch\/0\.png,birch,/);
});

test('labels come from a CSV file', async () => {
  const { page } = await openApp();
  const data = new DataPage(page);
  await createProject(page, data, 'Pollen');
  const folder = await folderOfImages();
  const csv = join(newFolder('labels'), 'labels.csv');
  writeFileSync(csv, 'path,label,annotator\nbirch/0.png,birch,kim\nhazel/1.png,hazel,lee\n');
  await data.press('Control+Shift+A');
  await data.dialog.getByRole('button', { name: 'Choose a folder' }).click();
  await data.pick(folder);
  await data.dialog.getByRole('radio', { name: 'A CSV file' }).check();
  await data.dialog.getByRole('button', { name: 'Choose a CSV file' }).click();
  await data.pick(join(csv, '..'), 'labels.csv');
  await data.dialog.getByRole('button', { name: 'Add images' }).click();
  const gallery = new GalleryPage(page);
  await expect.poll(() => gallery.shown()).toBe(8);
  await expect.poll(() => gallery.labelled()).toBe(2);
  await gallery.filterBy('annotator:lee');
  await expect.poll(() => gallery.shown()).toBe(1);
  expect(await gallery.classOf(gallery.tile(0))).toBe('hazel');
});
