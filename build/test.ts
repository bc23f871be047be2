import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findBrowser } from './browser.ts';
import { ensureBuild, root } from './window-build.ts';

// `npm test`: every test in one run, so that its counts come last. Words after `--` go to the runner.
// `npm run pictures`: the end-to-end tests that make the pictures of the user guide anew.

const isForPictures = process.argv.includes('--pictures');
const words = isForPictures ? ['--project', 'e2e', 'loop', 'tune'] : process.argv.slice(2);

const browser = findBrowser();
if (!browser.ok) console.log(`The end-to-end tests are skipped. ${browser.error}`);
if (!ensureBuild()) process.exit(1);
const env = {
  ...process.env,
  ...(browser.ok && { EMEND_BROWSER: browser.value }),
  EMEND_PICTURES: isForPictures ? '1' : '0',
};
const runner = join(root, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [runner, 'run', ...words], {
  cwd: root,
  stdio: 'inherit',
  env,
});
process.exit(status ?? 1);
