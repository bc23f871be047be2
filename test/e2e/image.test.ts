import { expect } from 'vitest';
import { openApp } from './support/app.ts';
import { test } from './support/browser.ts';
import { GalleryPage } from './support/gallery-page.ts';
import { ImagePage, type Spot } from './support/image-page.ts';
import { grain, grainProject, mark, markedProject } from './support/projects.ts';
import { watchDrawing } from './support/drawing.ts';

/** The mark, once the image is drawn in full: its thumbnail, which comes first, is blurred. */
async function sharpSpot(image: ImagePage): Promise<Spot> {
  const blur = async (): Promise<number> => {
    const expected = (mark.side * (await image.zoomPercent())) / 100;
    return Math.abs((await image.spot()).width - expected);
  };
  await expect.poll(() => blur().catch(() => Number.NaN)).toBeLessThanOrEqual(2);
  return image.spot();
}

test('zoom at the cursor, pan, fit, 100 %, brightness and contrast', async () => {
  const { page } = await openApp({ project: await markedProject(3) });
  const gallery = new GalleryPage(page);
  await gallery.image('000.png').dblclick();
  const image = new ImagePage(page);
  await image.canvas.waitFor();
  const fitted = await sharpSpot(image);

  await page.mouse.move(fitted.x, fitted.y);
  await page.mouse.wheel(0, -120);
  await page.mouse.wheel(0, -120);
  await expect.poll(async () => (await image.spot()).width).toBeGreaterThan(fitted.width * 1.3);
  const zoomed = await sharpSpot(image);
  expect(Math.hypot(zoomed.x - fitted.x, zoomed.y - fitted.y)).toBeLessThanOrEqual(1.5);

  await page.mouse.down();
  await page.mouse.move(fitted.x + 60, fitted.y + 35, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await image.spot()).x - zoomed.x).toBeCloseTo(60, -0.5);
  expect((await image.spot()).y - zoomed.y).toBeCloseTo(35, -0.5);

  await image.press('f');
  await expect.poll(() => image.spot()).toEqual(fitted);
  await image.press('Control+0');
  await expect.poll(async () => (await image.spot()).width).toBe(mark.side);
  expect(await image.zoomPercent()).toBe(100);

  await image.press('f');
  const asRecorded = await image.brightness();
  await page.getByRole('slider', { name: 'Brightness' }).press('End');
  await expect.poll(() => image.brightness()).toBeGreaterThan(asRecorded * 1.3);
  await image.press('r');
  await expect.poll(() => image.brightness()).toBe(asRecorded);
  await page.getByRole('slider', { name: 'Contrast' }).press('End');
  await expect.poll(() => image.brightness()).toBeLessThan(asRecorded * 0.8);
  await image.press('r');
  await expect.poll(() => image.brightness()).toBe(asRecorded);
});

test('the next image is drawn at once', async () => {
  const { page } = await openApp({ project: await markedProject(24) });
  const drawing = await watchDrawing(page);
  const gallery = new GalleryPage(page);
  await gallery.tile(0).dblclick();
  const image = new ImagePage(page);
  await image.canvas.waitFor();
  const elapsedMs: number[] = [];
  for (const key of [...Array<string>(12).fill('ArrowRight'), ...Array<string>(6).fill('ArrowLeft')]) {
    const before = await image.path();
    elapsedMs.push(await drawing.afterKey(key));
    expect(await image.path()).not.toBe(before);
  }
  await expect.poll(() => image.position.innerText()).toBe('7 of 24');
  const sorted = elapsedMs.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  console.log(
    `Key to next image drawn: median ${median.toFixed(0)} ms, worst ${sorted.at(-1)?.toFixed(0)} ms`,
  );
  expect(median).toBeLessThan(250);
});

test('label with one key and go on; accept a prediction', async () => {
  const { page } = await openApp({ project: await grainProject() });
  const gallery = new GalleryPage(page);
  await gallery.filterBy('unlabelled');
  // Until the filter is answered, the first tile is still that of all images.
  await expect.poll(() => gallery.shown()).toBe(2 * grain.unlabelled);
  const tile = gallery.tile(0);
  await expect.poll(() => gallery.pathOf(tile)).toMatch(/\.jpg$/);
  const predicted = await gallery.classOf(tile);
  await tile.dblclick();
  const image = new ImagePage(page);
  await image.canvas.waitFor();
  const [first, main] = [await image.path(), page.getByRole('main')];
  await main.getByText('Not labelled').waitFor();
  await image.press('a');
  await expect.poll(() => image.path()).not.toBe(first);
  const second = await image.path();
  await page
    .getByRole('group', { name: 'Label the selection' })
    .getByRole('button', { name: 'fine' })
    .click();
  await expect.poll(() => image.path()).not.toBe(second);
  await image.saved();
  await image.press('Escape');
  await gallery.press('Control+Shift+F');
  await gallery.filterBy(first);
  await expect.poll(() => gallery.shown()).toBe(1);
  expect(await gallery.classOf(gallery.image(first))).toBe(predicted);
  await gallery.image(first).click();
  await page.getByText(/^me, /).waitFor();
  await gallery.filterBy(second);
  await expect.poll(() => gallery.classOf(gallery.image(second))).toBe('fine');
});
