import { chromium, type Browser } from 'playwright-core';
import { afterAll, test as plainTest } from 'vitest';

const program = process.env['EMEND_BROWSER'];
if (program === undefined)
  console.log('No browser: EMEND_BROWSER names none, so this end-to-end test is skipped.');

/** A test that needs a browser. */
export const test = plainTest.skipIf(program === undefined);

let browser: Promise<Browser> | null = null;

/** The browser of this test file, started when the first test wants it. It talks to nobody on its own. */
export function launchBrowser(): Promise<Browser> {
  if (program === undefined)
    throw new Error('Use the `test` of this file: it skips where there is no browser.');
  browser ??= chromium.launch({
    executablePath: program,
    args: [
      '--no-sandbox',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--force-color-profile=srgb',
    ],
  });
  return browser;
}

afterAll(async () => {
  await (await browser)?.close();
  browser = null;
});
