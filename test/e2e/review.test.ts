import { expect } from 'vitest';
import { must } from '../../src/base/assert.ts';
import { openApp } from './support/app.ts';
import { test } from './support/browser.ts';
import { exported, sampleProject } from './support/projects.ts';
import { ReviewPage } from './support/review-page.ts';

async function labelsOf(project: string): Promise<ReadonlyMap<string, string>> {
  return new Map((await exported(project)).map(({ path, label }) => [path, label]));
}

test('every key decides as it says, about the classes that are shown, and undo brings the suspect back', async () => {
  const project = await sampleProject();
  const { page } = await openApp({ project });
  const review = new ReviewPage(page);
  const before = await labelsOf(project);
  await review.show('Review');
  await review.picture.waitFor();

  const accepted = await review.suspect();
  expect(accepted.given).toBe(before.get(accepted.path));
  await review.decide('Enter');
  const kept = await review.suspect();
  await review.decide('Backspace');
  const unsure = await review.suspect();
  await review.decide('u');
  const changed = await review.suspect();
  const other = must(await review.otherClass(), 'there are more than two classes');
  await review.decide(other.key);
  await expect.poll(() => review.progress.innerText()).toBe('Reviewed 4, fixed 2');
  await review.saved();
  const after = await labelsOf(project);
  expect(after.get(accepted.path)).toBe(accepted.suggested);
  expect(after.get(kept.path)).toBe(kept.given);
  expect(after.get(unsure.path)).toBe(unsure.given);
  expect(after.get(changed.path)).toBe(other.name);

  for (const shown of [changed, unsure, kept, accepted]) {
    await review.press('Control+z');
    await expect.poll(() => review.suspect()).toEqual(shown);
  }
  await expect.poll(() => review.progress.innerText()).toBe('Reviewed 0, fixed 0');
  await review.saved();
  expect(await labelsOf(project)).toEqual(before);
});

test('a cell of the audit opens the suspects it counts; in the grid one key corrects those not pressed', async () => {
  const project = await sampleProject();
  const { page } = await openApp({ project });
  const review = new ReviewPage(page);
  await review.show('Audit');
  const cell = page.getByRole('button', { name: /^About .* labels .* should be / }).first();
  const [, given = '', suggested = '', waiting = ''] =
    /labels (.+) should be (.+): review (\d+)$/.exec((await cell.getAttribute('aria-label')) ?? '') ?? [];
  await cell.click();
  await review.picture.waitFor();
  expect(await review.suspect()).toMatchObject({ given, suggested });
  await page.getByText(`${waiting} wait`).waitFor();

  const before = await labelsOf(project);
  await review.press('g');
  await page.getByText(new RegExp(`^${waiting} suspects? of this pair$`)).waitFor();
  const right = await review.tiles.first().getAttribute('title');
  const paths = await review.tiles.evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('title')));
  await review.tiles.first().click();
  await review.press('Enter');
  const fixed = paths.length - 1;
  await expect.poll(() => review.progress.innerText()).toBe(`Reviewed ${fixed + 1}, fixed ${fixed}`);
  await review.saved();
  const after = await labelsOf(project);
  const became = [...after].filter(([path, label]) => label !== before.get(path));
  expect(Object.fromEntries(became)).toEqual(
    Object.fromEntries(paths.filter((path) => path !== right).map((path) => [path, suggested])),
  );
});
