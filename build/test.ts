import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findBrowser } from './browser.ts';
import { ensureBuild, root } from './window-build.ts';

// `npm test`: every test in one run, so that its counts come last. Words after `--` go to the runner.

const browser = findBrowser();
if (!browser.ok) console.log(`The end-to-end tests are skipped. ${browser.error}`);
if (!ensureBuild()) process.exit(1);
const env = browser.ok ? { ...process.env, EMEND_BROWSER: browser.value } : process.env;
const runner = join(root, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [runner, 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env,
});
process.exit(status ?? 1);
