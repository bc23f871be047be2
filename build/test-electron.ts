import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { installedElectron, noWindowReason } from './electron-binary.ts';
import { ensureBuild, root } from './window-build.ts';

// `npm run test:electron`: drives the real window. What needs no Electron is tested in src/main and src/preload.

const program = installedElectron();
const { platform, env } = process;
const skipped =
  noWindowReason({ platform, env, uid: process.getuid?.() ?? null }) ??
  (program === null ? 'its program is not downloaded' : null);
if (program === null || skipped !== null) {
  console.log(`SKIPPED the Electron window: ${skipped}`);
  process.exit(0);
}
if (!ensureBuild()) process.exit(1);

const home = mkdtempSync(join(tmpdir(), 'emend-electron-'));
const application = await _electron.launch({
  executablePath: program,
  args: [root, `--user-data-dir=${home}`],
  env: { ...process.env, EMEND_HOME: home } as Record<string, string>,
});
try {
  const page = await application.firstWindow();
  await check('shows the start page from its own address', () => showsStart(page));
  await check('has no Node and only the bridge', () => isIsolated(page));
  await check('reaches no network', () => reachesNothing(page));
  await check('stays on its page and opens no other', () => stays(application, page));
  await check('is connected again after the engine died', () => reconnects(application, page));
} finally {
  await application.close();
  rmSync(home, { recursive: true, force: true });
}
console.log('5 passed, 0 failed, 0 skipped');

async function check(name: string, run: () => Promise<void>): Promise<void> {
  await run();
  console.log(`ok  the Electron window ${name}`);
}

async function showsStart(page: Page): Promise<void> {
  await page.locator('#root > *').first().waitFor();
  assert.equal(page.url(), 'emend://app/index.html');
  assert.equal(await page.title(), 'Emend');
}

async function isIsolated(page: Page): Promise<void> {
  const seen = await page.evaluate(() => ({
    require: typeof Reflect.get(globalThis, 'require'),
    process: typeof Reflect.get(globalThis, 'process'),
    bridge: Object.keys(Reflect.get(globalThis, 'emend') as object).sort(),
  }));
  assert.deepEqual(seen, {
    require: 'undefined',
    process: 'undefined',
    bridge: ['pathOf', 'pickFolder', 'shell'],
  });
}

async function reachesNothing(page: Page): Promise<void> {
  for (const address of ['https://example.org/', 'http://127.0.0.1:9/', 'file:///']) {
    const outcome = await page.evaluate((url) => fetch(url).then(String, () => 'refused'), address);
    assert.equal(outcome, 'refused', address);
  }
}

async function stays(shell: ElectronApplication, page: Page): Promise<void> {
  await page.evaluate(() => {
    window.open('emend://app/index.html');
    location.assign('https://example.org/');
  });
  await page.waitForTimeout(500);
  assert.equal(page.url(), 'emend://app/index.html');
  assert.equal(shell.windows().length, 1);
}

async function reconnects(shell: ElectronApplication, page: Page): Promise<void> {
  await page.evaluate(() => {
    const received = new Promise((resolve) =>
      addEventListener('message', ({ data }) => data === 'emend-port' && resolve(true)),
    );
    Reflect.set(globalThis, 'nextPort', received);
  });
  await shell.evaluate(({ app }) => {
    const engine = app.getAppMetrics().find(({ name }) => name === 'Emend engine');
    if (engine !== undefined) process.kill(engine.pid, 'SIGKILL');
  });
  assert.equal(await page.evaluate(() => Reflect.get(globalThis, 'nextPort') as Promise<boolean>), true);
}
