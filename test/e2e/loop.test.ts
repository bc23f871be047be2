import { join } from 'node:path';
import { expect } from 'vitest';
import { must } from '../../src/base/assert.ts';
import { openApp } from './support/app.ts';
import { test } from './support/browser.ts';
import { DataPage } from './support/data-page.ts';
import { GalleryPage } from './support/gallery-page.ts';
import { takePicture } from './support/picture.ts';
import { exported, readTruth, type Exported } from './support/projects.ts';
import { ReviewPage } from './support/review-page.ts';
import { TrainPage } from './support/train-page.ts';

/** Suspects that are looked at in the round. */
const reviewed = 40;

const wrongIn = (rows: readonly Exported[], truth: ReadonlyMap<string, string>): number =>
  rows.filter(({ path, label }) => label !== '' && label !== truth.get(path)).length;

const rightIn = (rows: readonly Exported[], truth: ReadonlyMap<string, string>): number =>
  rows.filter(({ path, label, predicted }) => label !== '' && predicted === truth.get(path)).length;

/** Goes through the suspects as an expert who knows the truth; tells how many they were. */
async function decideByTruth(
  review: ReviewPage,
  truth: ReadonlyMap<string, string>,
  keyOf: (name: string | undefined) => string,
): Promise<number> {
  for (let decided = 0; ; decided++) {
    if (decided === reviewed || (await review.isDone())) return decided;
    const { path, given, suggested } = await review.suspect();
    const real = truth.get(path);
    await review.decide(real === suggested ? 'Enter' : real === given ? 'Backspace' : keyOf(real));
  }
}

test('sample, label, retrain, review, retrain: the labels get better and the gain is told', async () => {
  const app = await openApp();
  const { page, home } = app;
  const sample = join(home, 'Emend', 'sample');
  await page.getByRole('button', { name: /^Try the sample/ }).waitFor();
  await page.getByRole('button', { name: /^Try the sample/ }).click();
  const gallery = new GalleryPage(page);
  await expect.poll(() => gallery.shown(), { timeout: 180_000 }).toBe(1200);
  const truth = readTruth(sample);
  const data = new DataPage(page);
  await data.show('Data');
  await data.classes.first().waitFor();
  const keys = await data.keys();
  expect(keys.size).toBe(6);
  const keyOf = (name: string | undefined): string =>
    must(keys.get(must(name, 'the truth is known')), 'it has a key');

  await gallery.show('Gallery');
  await expect.poll(() => gallery.labelled()).toBeGreaterThan(900);
  const labelled = await gallery.labelled();
  await gallery.filterBy('unlabelled');
  await expect.poll(() => gallery.shown()).toBe(1200 - labelled);
  for (let times = 0; times < 3; times++) {
    const tile = gallery.tile(0);
    await expect.poll(() => gallery.pathOf(tile)).toMatch(/\.jpg$/);
    const path = await gallery.pathOf(tile);
    await tile.click();
    await gallery.press(keyOf(truth.get(path)));
    await expect.poll(() => gallery.image(path).count()).toBe(0);
  }
  await expect.poll(() => gallery.labelled()).toBe(labelled + 3);
  await gallery.press('Control+Shift+F');

  const train = new TrainPage(page);
  await train.retrain();
  const accuracyBefore = await train.accuracy();
  await train.saved();
  const before = await exported(sample);
  await takePicture(page, 'audit', () => train.show('Audit'));
  await takePicture(page, 'gallery', async () => {
    await gallery.show('Gallery');
    await gallery.sortBy('Suspicion');
    await gallery.tile(9).click();
  });
  await takePicture(page, 'image', () => gallery.press('Enter'));

  const review = new ReviewPage(page);
  await review.show('Review');
  await review.picture.waitFor();
  const first = await review.suspect();
  await review.decide('u');
  await review.press('Control+z');
  await expect.poll(() => review.suspect()).toEqual(first);
  await review.decide('s');
  await takePicture(page, 'review-light', () => review.choose('Light'));
  await takePicture(page, 'review-dark', () => review.choose('Dark'));
  await review.decide('u');
  const decided = 1 + (await decideByTruth(review, truth, keyOf));
  expect(decided).toBeGreaterThan(20);
  await review.saved();
  await expect
    .poll(() => review.progress.innerText())
    .toMatch(new RegExp(`^Reviewed ${decided}, fixed \\d+$`));

  const fixed = await exported(sample);
  const [wrongBefore, wrongAfter] = [wrongIn(before, truth), wrongIn(fixed, truth)];
  await train.retrain();
  await expect.poll(() => train.round.innerText()).toMatch(/Better by|Too few to say/);
  await train.round.getByText(/labels were corrected/).waitFor();
  const accuracyAfter = await train.accuracy();
  await takePicture(page, 'train');
  const after = await exported(sample);
  const [rightBefore, rightAfter] = [rightIn(before, truth), rightIn(after, truth)];
  console.log(
    `${decided} suspects reviewed: wrong labels ${wrongBefore} to ${wrongAfter}; accuracy ${accuracyBefore} % to ` +
      `${accuracyAfter} %; out-of-fold predictions that are true ${rightBefore} to ${rightAfter}`,
  );
  expect(wrongAfter).toBeLessThan(wrongBefore * 0.75);
  expect(accuracyAfter).toBeGreaterThan(accuracyBefore);
  expect(rightAfter).toBeGreaterThanOrEqual(rightBefore);

  await gallery.show('Gallery');
  const name = (await page.getByRole('button', { name: /^Undo: / }).getAttribute('aria-label')) ?? '';
  await app.restart(sample);
  await page.getByRole('button', { name, exact: true }).waitFor();
  await gallery.press('Control+z');
  await page.getByRole('button', { name: name.replace('Undo', 'Redo'), exact: true }).waitFor();
  await gallery.saved();
  expect(await exported(sample)).not.toEqual(after);
  await takePicture(page, 'data', () => data.show('Data'));
  await takePicture(page, 'history', () => data.show('History'));
  await takePicture(page, 'start', async () => {
    await page.getByRole('button', { name: /^Project: / }).click();
    await page.getByRole('menuitem', { name: 'Close the project' }).click();
    await page.getByRole('button', { name: /^Try the sample/ }).waitFor();
  });
});
