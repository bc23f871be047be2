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
  await page.waitForLoadState('networkidle');
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  mkdirSync(folder, { recursive: true });
  await sharp(png)
    .png({ palette: true, quality: 90, effort: 10 })
    .toFile(join(folder, `${name}.png`));
}
