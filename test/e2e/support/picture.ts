import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';

const folder = fileURLToPath(new URL('../../../docs/images', import.meta.url));

const areWanted = process.env['EMEND_PICTURES'] === '1';

/** Renews a picture of the user guide, when the run is for pictures (`npm run pictures`). `prepare` sets the scene. */
export async function takePicture(page: Page, name: string, prepare?: () => Promise<void>): Promise<void> {
  if (!areWanted) return;
  await prepare?.();
  await page.mouse.move(0, 0);
  await page.getByRole('alert').first().waitFor({ state: 'hidden' });
  const png = await restingScreenshot(page);
  mkdirSync(folder, { recursive: true });
  await sharp(png)
    .png({ palette: true, quality: 100, effort: 10 })
    .toFile(join(folder, `${name}.png`));
}

/** The page once all its pictures are there and nothing on it changes any more. */
async function restingScreenshot(page: Page): Promise<Buffer> {
  await page.waitForFunction(() =>
    [...document.images].every((image) => {
      const { bottom, top } = image.getBoundingClientRect();
      const isSeen = bottom > 0 && top < innerHeight;
      return !isSeen || (image.complete && image.naturalWidth > 0);
    }),
  );
  let before: Buffer = Buffer.alloc(0);
  for (;;) {
    await page.waitForTimeout(500);
    const now = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    if (now.equals(before)) return now;
    before = now;
  }
}
