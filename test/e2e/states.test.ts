import { expect } from 'vitest';
import { openApp } from './support/app.ts';
import { test } from './support/browser.ts';
import { Frame, type ViewTitle } from './support/frame.ts';
import { GalleryPage } from './support/gallery-page.ts';
import { layoutFaults } from './support/layout.ts';
import { emptyProject, markedProject, sampleProject } from './support/projects.ts';
import { Served } from './support/served.ts';

const views: readonly ViewTitle[] = ['Gallery', 'Review', 'Audit', 'Train', 'Data', 'History'];

test('an empty project says in every view what to do first', async () => {
  const { page } = await openApp({ project: await emptyProject() });
  const frame = new Frame(page);
  const main = page.getByRole('main');
  for (const [view, title] of [
    ['Gallery', 'No images yet'],
    ['Review', 'No label was checked yet'],
    ['Audit', 'No label was checked yet'],
    ['Train', 'There are no images to learn from'],
    ['Data', 'No classes yet'],
  ] as const) {
    await frame.show(view);
    await main.getByRole('heading', { name: title }).waitFor();
  }
  await frame.show('History');
  await main.getByText('Project created').waitFor();
  await page.evaluate(() => (location.hash = '#/image'));
  await main.getByRole('heading', { name: 'No image is open' }).waitFor();
});

test('with too few labels the training says what is missing', async () => {
  const { page } = await openApp({ project: await markedProject(3) });
  const frame = new Frame(page);
  await frame.show('Train');
  await page.getByRole('heading', { name: 'There are too few labels to learn from' }).waitFor();
  await page.getByText(/0 labels in 0 classes are there now/).waitFor();
  await frame.show('Review');
  await page.getByRole('heading', { name: 'No label was checked yet' }).waitFor();
});

test('the second to open a project sees everything and changes nothing', async () => {
  const project = await sampleProject();
  const { page } = await openApp({ project });
  await page.getByRole('listbox', { name: 'Gallery' }).waitFor();
  const { page: second } = await openApp({ project });
  const gallery = new GalleryPage(second);
  await gallery.status.getByText('Read only').waitFor();
  await expect.poll(() => gallery.classOf(gallery.tile(0))).not.toBe('');
  const before = await gallery.classOf(gallery.tile(0));
  await gallery.tile(0).click();
  await gallery.press('1', '2', '3', 'Delete');
  await gallery.show('Review');
  await second.getByText('The project is open elsewhere; decisions cannot be recorded here.').waitFor();
  await second
    .getByRole('button', { name: /^It is/ })
    .first()
    .waitFor();
  expect(
    await second
      .getByRole('button', { name: /^It is/ })
      .first()
      .isDisabled(),
  ).toBe(true);
  await gallery.show('Train');
  expect(await second.getByRole('button', { name: 'Retrain' }).isDisabled()).toBe(true);
  await gallery.show('Gallery');
  await expect.poll(() => gallery.classOf(gallery.tile(0))).toBe(before);
});

test('when the program dies the window says so, and goes on when it is back', async () => {
  const project = await sampleProject();
  const { page, served, home } = await openApp({ project, tolerated: /WebSocket|ERR_CONNECTION|401/ });
  const gallery = new GalleryPage(page);
  await gallery.tile(0).click();
  await served.kill();
  await gallery.status.getByRole('alert').filter({ hasText: 'Connection lost' }).waitFor();
  await gallery.tile(1).click();
  expect(await gallery.selected()).toBe(1);
  const again = await Served.start({ home, project, port: served.port });
  try {
    await page.goto(again.address);
    await gallery.status.getByText('Saved', { exact: true }).waitFor();
    expect(await gallery.status.getByRole('alert').count()).toBe(0);
    await expect.poll(() => gallery.shown()).toBe(1200);
  } finally {
    await again.stop();
  }
});

test('dark and light are told apart by the settings and remembered', async () => {
  const { page } = await openApp({ project: await emptyProject() });
  const frame = new Frame(page);
  const shade = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await frame.choose('Light');
  const light = await shade();
  await frame.choose('Dark');
  await expect.poll(shade).not.toBe(light);
  await frame.choose('Light');
  await page.reload();
  await expect.poll(shade).toBe(light);
});

test('everything is said in Korean when that is chosen, and no text is missing', async () => {
  const { page } = await openApp({ project: await sampleProject() });
  const frame = new Frame(page);
  await frame.choose('한국어');
  const key =
    /\b(app|start|gallery|image|review|train|audit|data|history|inspector|job|label|common|reasons)\.[a-z]\w*/;
  for (let chord = 1; chord <= views.length; chord++) {
    await frame.press(`Control+${chord}`);
    await page.waitForLoadState('networkidle');
    const said = await page.evaluate(() =>
      [
        document.body.innerText,
        ...[...document.querySelectorAll('[aria-label],[title],[placeholder]')].flatMap((element) =>
          ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
        ),
      ].join('\n'),
    );
    expect(said).toMatch(/[가-힣]/);
    expect(said).not.toMatch(key);
    expect(said).not.toMatch(/\{\{|undefined|NaN/);
  }
  await frame.press('Control+1', '?');
  await page
    .getByRole('dialog')
    .getByText(/[가-힣]/)
    .first()
    .waitFor();
});

test('at 1280 × 720 nothing overlaps, is cut off or scrolls sideways', async () => {
  const size = { width: 1280, height: 720 };
  const { page } = await openApp({ project: await sampleProject(), size });
  const frame = new Frame(page);
  const gallery = new GalleryPage(page);
  await gallery.tile(0).click();
  for (const language of ['English', '한국어']) {
    await frame.choose(language);
    for (let chord = 1; chord <= views.length; chord++) {
      await frame.press(`Control+${chord}`);
      await page.waitForLoadState('networkidle');
      expect(await layoutFaults(page), `${language}, view ${chord}`).toEqual([]);
    }
    await frame.press('Control+1', 'Enter');
    await page.waitForLoadState('networkidle');
    expect(await layoutFaults(page), `${language}, image`).toEqual([]);
  }
});
