import { expect } from 'vitest';
import { openApp } from './support/app.ts';
import { test } from './support/browser.ts';
import { DataPage } from './support/data-page.ts';
import { GalleryPage } from './support/gallery-page.ts';
import { sampleProject } from './support/projects.ts';

test('select by mouse and keys, label with one key, undo and redo', async () => {
  const { page } = await openApp({ project: await sampleProject() });
  const data = new DataPage(page);
  await data.show('Data');
  await data.classes.first().waitFor();
  const key = (await data.keys()).get('monocyte') ?? '';
  const gallery = new GalleryPage(page);
  await gallery.show('Gallery');
  await gallery.tile(0).click();
  await expect.poll(() => gallery.selected()).toBe(1);
  await gallery.tile(4).click({ modifiers: ['Shift'] });
  await expect.poll(() => gallery.selected()).toBe(5);
  await gallery.tile(2).click({ modifiers: ['Control'] });
  await expect.poll(() => gallery.selected()).toBe(4);
  await gallery.drag(gallery.tile(9), gallery.tile(10));
  await expect.poll(() => gallery.selected()).toBe(2);
  await gallery.press('Control+a');
  await expect.poll(() => gallery.selected()).toBe(1200);
  await gallery.press('Escape');
  await expect.poll(() => gallery.selected()).toBe(0);

  await gallery.tile(0).click();
  await gallery.press('Shift+ArrowRight', 'Shift+ArrowRight');
  await expect.poll(() => gallery.selected()).toBe(3);
  const classes = async (): Promise<string[]> =>
    Promise.all([0, 1, 2].map((at) => gallery.classOf(gallery.tile(at))));
  const before = await classes();
  expect(new Set(before)).not.toEqual(new Set(['monocyte']));
  const { inspector } = gallery;
  await inspector.getByText('3 images selected').waitFor();
  await gallery.press(key);
  await expect.poll(classes).toEqual(['monocyte', 'monocyte', 'monocyte']);
  await inspector.getByText('All are alike').waitFor();
  await inspector.getByRole('button', { name: 'monocyte', pressed: true }).waitFor();
  await gallery.press('Control+z');
  await expect.poll(classes).toEqual(before);
  await inspector.getByText('Mixed labels').waitFor();
  await gallery.press('Control+Shift+Z');
  await expect.poll(classes).toEqual(['monocyte', 'monocyte', 'monocyte']);
  await gallery.press('Control+z');
  await expect.poll(classes).toEqual(before);
  await gallery.saved();

  await gallery.press('Control+k');
  await page.getByPlaceholder('Find an action or a class').fill('Redo');
  await page.getByRole('button', { name: /^Redo: 3 labelled monocyte Ctrl/ }).waitFor();
  await gallery.press('Escape');
  await gallery.show('History');
  const lines = page.getByRole('listitem').filter({ hasText: 'labelled monocyte' });
  const said = async (): Promise<(string | undefined)[]> =>
    (await lines.allInnerTexts()).map(
      (line) => /(Undone: |Done again: |)\d labelled monocyte/.exec(line)?.[1],
    );
  await expect.poll(said).toEqual(['Undone: ', 'Done again: ', 'Undone: ', '']);
});

test('the inspector tells what a selection has in common, and its buttons act on all of it', async () => {
  const { page } = await openApp({ project: await sampleProject() });
  const gallery = new GalleryPage(page);
  const { inspector } = gallery;
  await gallery.tile(0).waitFor();
  const labelled = await gallery.labelled();
  await gallery.press('Control+a');
  await inspector.getByText('1,200 images selected').waitFor();
  await inspector.getByText('Mixed labels').waitFor();
  expect(await gallery.inShare('Unlabelled')).toBe(1200 - labelled);
  await inspector.getByRole('button', { name: /^Take the label off the selection/ }).click();
  await expect.poll(() => gallery.labelled()).toBe(0);
  await inspector.getByText('All are alike').waitFor();
  expect(await gallery.inShare('Unlabelled')).toBe(1200);

  await gallery.tile(2).click();
  await gallery.tile(5).click({ modifiers: ['Shift'] });
  await inspector.getByText('4 images selected').waitFor();
  await inspector.getByRole('button', { name: /^monocyte/ }).click();
  await expect.poll(() => gallery.labelled()).toBe(4);
  await expect.poll(() => gallery.inShare('monocyte')).toBe(4);
  await gallery.press('Control+z', 'Control+z');
  await expect.poll(() => gallery.labelled()).toBe(labelled);
  await gallery.press('Control+a');
  await inspector.getByRole('button', { name: /^Accept what the model predicts/ }).click();
  await expect.poll(() => gallery.labelled()).toBe(1200);
});

test('filter, sort, and take conditions off again', async () => {
  const { page } = await openApp({ project: await sampleProject() });
  const gallery = new GalleryPage(page);
  await expect.poll(() => gallery.shown()).toBe(1200);
  const labelled = await gallery.labelled();
  await gallery.filterBy('unlabelled');
  await expect.poll(() => gallery.shown()).toBe(1200 - labelled);
  await page.getByRole('button', { name: 'Remove: Unlabelled' }).click();
  await gallery.filterBy('class:basophil');
  await expect.poll(() => gallery.shown()).toBeLessThan(40);
  expect(await gallery.shown()).toBeGreaterThan(5);
  expect(await gallery.classOf(gallery.tile(0))).toBe('basophil');
  await gallery.press('Control+Shift+F');
  await expect.poll(() => gallery.shown()).toBe(1200);

  await gallery.filterBy('suspect:>0.5');
  await expect.poll(() => gallery.shown()).toBe(await gallery.suspects());
  await gallery.sortBy('Suspicion');
  await expect.poll(() => gallery.tile(0).getByText('Suspect').count()).toBe(1);
  await page.goBack();
  await expect.poll(() => gallery.shown()).toBe(1200);

  await gallery.filterBy('cell-0007');
  await expect.poll(() => gallery.shown()).toBe(1);
  await gallery.image('cell-0007.jpg').waitFor();
  await gallery.filterBy('no such image');
  await expect.poll(() => gallery.shown()).toBe(0);
  await gallery.press('Control+Shift+F');
  await expect.poll(() => gallery.shown()).toBe(1200);
});

test('look at an image and come back to the same place', async () => {
  const { page } = await openApp({ project: await sampleProject() });
  const gallery = new GalleryPage(page);
  await gallery.tile(0).click();
  await gallery.press('PageDown', 'PageDown', 'PageDown', 'ArrowRight');
  const focused = gallery.grid.getByRole('option', { selected: true });
  await expect.poll(() => gallery.pathOf(focused)).toMatch(/\.jpg$/);
  const path = await gallery.pathOf(focused);
  const place = await focused.boundingBox();

  await gallery.press('Space');
  const look = gallery.dialog.getByRole('img', { name: path });
  await look.waitFor();
  await gallery.press('Space');
  await look.waitFor({ state: 'hidden' });
  await gallery.press('Enter');
  await page.getByRole('img', { name: `Image ${path}` }).waitFor();
  await gallery.press('Escape');
  await focused.waitFor();
  expect(await gallery.pathOf(focused)).toBe(path);
  await expect.poll(async () => (await focused.boundingBox())?.y).toBeCloseTo(place?.y ?? 0, 0);

  await focused.hover();
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -240);
  await page.keyboard.up('Control');
  await expect
    .poll(async () => (await focused.boundingBox())?.height)
    .toBeGreaterThan((place?.height ?? 0) * 1.1);
});

test('every action is found in the palette and on the cheat sheet; bare keys are inert in text fields', async () => {
  const { page } = await openApp({ project: await sampleProject() });
  const gallery = new GalleryPage(page);
  await gallery.tile(0).waitFor();
  await gallery.press('Control+k');
  await page.getByPlaceholder('Find an action or a class').fill('history');
  await gallery.press('Enter');
  await page.getByRole('region', { name: 'History' }).waitFor();
  await gallery.show('Gallery');
  await gallery.tile(0).click();
  await gallery.press('?');
  await gallery.dialog.getByText('Quick look').waitFor();
  await gallery.dialog.getByText('monocyte').waitFor();
  await gallery.press('Escape');
  await gallery.dialog.waitFor({ state: 'hidden' });

  const before = await gallery.classOf(gallery.tile(0));
  await gallery.filter.click();
  await page.keyboard.type('123456?i');
  await expect.poll(() => gallery.shown()).toBe(0);
  expect(await gallery.dialog.count()).toBe(0);
  await gallery.filter.fill('');
  await expect.poll(() => gallery.shown()).toBe(1200);
  expect(await gallery.classOf(gallery.tile(0))).toBe(before);
  expect(await page.getByRole('button', { name: 'Nothing to redo' }).count()).toBe(1);
});
