import { expect } from 'vitest';
import { openApp } from './support/app.ts';
import { violations } from './support/axe.ts';
import { test } from './support/browser.ts';
import { Frame } from './support/frame.ts';
import { GalleryPage } from './support/gallery-page.ts';
import { emptyProject, sampleProject } from './support/projects.ts';

test.for(['Dark', 'Light'])('axe finds nothing serious in any view: %s', async (theme) => {
  const { page } = await openApp({ project: await sampleProject() });
  const gallery = new GalleryPage(page);
  await gallery.choose(theme);
  const found: string[] = [];
  const look = async (place: string): Promise<void> => {
    await page.waitForLoadState('networkidle');
    for (const violation of await violations(page)) found.push(`${place}: ${violation}`);
  };
  await gallery.filterBy('class:monocyte', 'suspect:>0.5');
  await gallery.tile(0).click();
  await look('gallery');
  await gallery.press('Space');
  await gallery.dialog.getByRole('img', { name: /\.jpg$/ }).waitFor();
  await look('quick look');
  await gallery.press('Enter');
  await page.getByRole('img', { name: /^Image / }).waitFor();
  await look('image');
  for (const view of ['Review', 'Audit', 'Train', 'Data', 'History'] as const) {
    await gallery.show(view);
    await page.getByRole('main').getByRole('heading').first().waitFor();
    await look(view);
  }
  await gallery.press('?');
  await gallery.dialog.waitFor();
  await look('cheat sheet');
  await gallery.press('Escape');
  await gallery.press('Control+,');
  await gallery.dialog.getByText('Theme').waitFor();
  await look('settings');
  await gallery.press('Escape');
  await gallery.press('Control+k');
  await page.getByPlaceholder('Find an action or a class').waitFor();
  await look('palette');
  expect(found).toEqual([]);
});

test.for(['Dark', 'Light'])('axe finds nothing serious where nothing is yet: %s', async (theme) => {
  const { page } = await openApp({ project: await emptyProject() });
  const frame = new Frame(page);
  await frame.choose(theme);
  const found: string[] = [];
  for (const view of ['Gallery', 'Review', 'Audit', 'Train', 'Data', 'History'] as const) {
    await frame.show(view);
    await page.getByRole('main').getByRole('heading').first().waitFor();
    for (const violation of await violations(page)) found.push(`${view}: ${violation}`);
  }
  await frame.show('Data');
  await frame.press('Control+Shift+C');
  await frame.dialog.waitFor();
  for (const violation of await violations(page)) found.push(`class dialog: ${violation}`);
  await frame.press('Escape');
  await page.getByRole('button', { name: 'Project: Empty' }).click();
  await page.getByRole('menuitem', { name: 'Close the project' }).click();
  await page.getByRole('button', { name: /^Try the sample/ }).waitFor();
  for (const violation of await violations(page)) found.push(`start: ${violation}`);
  expect(found).toEqual([]);
});
