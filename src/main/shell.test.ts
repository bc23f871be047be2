import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultAugmentation } from '#contract/training.ts';
import { variantAddress } from '#contract/variant-address.ts';
import type { ImageId } from '#core/ids.ts';
import { FakeElectron } from '#test/support/fake-electron.ts';
import { type ShellOptions, startShell } from './shell.ts';

let folder: string;
let electron: FakeElectron;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emend-shell-'));
  mkdirSync(join(folder, 'window/assets'), { recursive: true });
  writeFileSync(join(folder, 'window/index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'window/assets/index-abc.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'not yours');
  electron = new FakeElectron(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function start(changes: Partial<ShellOptions> = {}): Promise<void> {
  startShell(electron.api(), {
    windowFolder: join(folder, 'window'),
    preload: '/app/preload.cjs',
    engine: '/app/engine.js',
    icon: '/app/icon.png',
    developmentUrl: null,
    folder: null,
    platform: 'linux',
    ...changes,
  });
  await settle();
}

/** Lets promises and immediates run. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

function load(): void {
  electron.window.webContents.emit('did-finish-load');
}

/** Raises a preventable event; true when the shell prevented it. */
function isPrevented(emitter: NodeJS.EventEmitter, name: string, details: object = {}): boolean {
  let prevented = false;
  emitter.emit(name, { ...details, preventDefault: () => (prevented = true) });
  return prevented;
}

describe('the window', () => {
  test('is isolated, sandboxed and without Node', async () => {
    await start();
    expect(electron.window.options['webPreferences']).toEqual({
      preload: '/app/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
    });
    expect(electron.argumentsOf('app.enableSandbox')).toHaveLength(1);
    expect(electron.window.calls).toEqual(['load emend://app/index.html']);
    electron.window.emit('ready-to-show');
    expect(electron.window.calls).toContain('show');
  });

  test('stays on its page and opens no other', async () => {
    await start();
    const { webContents } = electron.window;
    for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      expect(isPrevented(webContents, name, { url: 'https://evil.example/' }), name).toBe(true);
      expect(isPrevented(webContents, name, { url: 'file:///etc/passwd' }), name).toBe(true);
      expect(isPrevented(webContents, name, { url: 'emend-image://project/a/full' }), name).toBe(true);
      expect(isPrevented(webContents, name, { url: 'emend://app/index.html#gallery' }), name).toBe(false);
    }
    expect(isPrevented(webContents, 'will-attach-webview')).toBe(true);
    expect(webContents.openHandler?.({ url: 'emend://app/index.html' })).toEqual({ action: 'deny' });
  });

  test('reaches its own files and pictures, and no network', async () => {
    await start();
    const isCancelled = (url: string): boolean => {
      let cancelled = false;
      electron.guards['request']!(
        ...([{ url }, (answer: { cancel: boolean }) => (cancelled = answer.cancel)] as never[]),
      );
      return cancelled;
    };
    const own = [
      'emend://app/index.html',
      'emend-image://project/a1/full?v=1',
      'blob:emend://app/1',
      'data:,',
    ];
    const foreign = [
      'https://example.org/',
      'http://127.0.0.1:8080/',
      'ws://localhost:1/',
      'file:///etc/passwd',
      'emend://other/',
      'emend-image://else/a1/full',
      'chrome://version',
      'no address',
    ];
    expect(own.filter(isCancelled)).toEqual([]);
    expect(foreign.filter((url) => !isCancelled(url))).toEqual([]);
    expect(electron.argumentsOf('switch')).toContainEqual(['host-resolver-rules', 'MAP * ~NOTFOUND']);
  });

  test('gets no permission, device or download', async () => {
    await start();
    let granted: boolean | null = null;
    electron.guards['permission']!(...([null, 'media', (is: boolean) => (granted = is)] as never[]));
    expect(granted).toBe(false);
    expect(electron.guards['check']!()).toBe(false);
    expect(electron.guards['device']!()).toBe(false);
    expect(isPrevented(electron.session, 'will-download')).toBe(true);
  });

  test('opens where it was left', async () => {
    await start();
    expect(electron.window.options).toMatchObject({ x: 240, y: 70, width: 1440, height: 900 });
    electron.window.isBig = true;
    electron.window.emit('close');
    const saved = JSON.parse(readFileSync(join(folder, 'window.json'), 'utf8')) as object;
    expect(saved).toEqual({ bounds: electron.window.bounds, isMaximized: true, isFullScreen: false });
    electron = new FakeElectron(folder);
    await start();
    expect(electron.window.options).toMatchObject({ x: 10, y: 20, width: 1000, height: 700 });
    expect(electron.window.calls).toContain('maximize');
  });

  test('opens although what was remembered is damaged', async () => {
    writeFileSync(join(folder, 'window.json'), '{"bounds":{"x":"left"}}');
    await start();
    expect(electron.window.options).toMatchObject({ width: 1440 });
  });

  test('is loaded again after a crash, but not for ever', async () => {
    await start();
    const { webContents } = electron.window;
    webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(webContents.reloads).toBe(0);
    for (let i = 0; i < 5; i++) webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(webContents.reloads).toBe(4);
    expect(electron.argumentsOf('dialog.error')).toHaveLength(1);
  });

  test('comes from the bundler while developing, which is then all that can be reached', async () => {
    await start({ developmentUrl: 'http://localhost:5173/' });
    expect(electron.window.calls).toEqual(['load http://localhost:5173/']);
    const cancelled = (url: string): unknown =>
      new Promise((resolve) => electron.guards['request']!(...([{ url }, resolve] as never[])));
    expect(await cancelled('ws://localhost:5173/')).toEqual({ cancel: false });
    expect(await cancelled('http://localhost:5174/')).toEqual({ cancel: true });
  });
});

describe('protocols', () => {
  test('are registered as secure before Electron is ready', async () => {
    await start();
    const privileges = { standard: true, secure: true, supportFetchAPI: true };
    expect(electron.argumentsOf('protocol.privileged')).toEqual([
      [
        [
          { scheme: 'emend', privileges },
          { scheme: 'emend-image', privileges: { ...privileges, corsEnabled: true } },
        ],
      ],
    ]);
    expect(electron.calls.findIndex(({ name }) => name === 'protocol.privileged')).toBeLessThan(
      electron.calls.findIndex(({ name }) => name === 'fork'),
    );
  });

  test('serve the window with a strict policy and nothing outside its folder', async () => {
    await start();
    const ask = (url: string) => electron.schemes.get('emend')!({ url });
    const page = await ask('emend://app/index.html');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("connect-src 'self' emend-image:;");
    expect(policy).toContain("img-src 'self' data: blob: emend-image:;");
    expect((await ask('emend://app/assets/index-abc.js')).headers.get('content-type')).toContain(
      'javascript',
    );
    for (const path of [
      '../secret.txt',
      '..%2fsecret.txt',
      '%2e%2e/secret.txt',
      'assets/..%5c..%5csecret.txt',
    ]) {
      expect((await ask(`emend://app/${path}`)).status, path).toBe(404);
    }
    for (const url of ['emend://app/', 'emend://app/assets', 'emend://other/index.html']) {
      expect((await ask(url)).status, url).toBe(404);
    }
  });

  test('serve pictures of the project from the engine', async () => {
    await start();
    const asked = electron.schemes.get('emend-image')!({ url: 'emend-image://project/cell1/full?v=2' });
    await settle();
    const [request] = electron.engine.sent('picture');
    expect(request).toMatchObject({ id: 'cell1', size: 'full' });
    const bytes = Uint8Array.from([1, 2, 3]);
    electron.engine.emit('message', {
      type: 'picture',
      call: request!['call'],
      picture: { bytes, type: 'image/webp' },
    });
    const answer = await asked;
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(answer.headers.get('access-control-allow-origin')).toBe('emend://app');
  });

  test('ask the engine for variants', async () => {
    await start();
    const request = { id: 'cell1' as ImageId, side: 64, settings: defaultAugmentation, seed: 5 };
    const url = `emend-image://augmented/${variantAddress(request)}`;
    const asked = electron.schemes.get('emend-image')!({ url });
    await settle();
    const [sent] = electron.engine.sent('variant');
    expect(sent).toMatchObject(request);
    const picture = { bytes: Uint8Array.from([4]), type: 'image/png' };
    electron.engine.emit('message', { type: 'picture', call: sent!['call'], picture });
    expect(new Uint8Array(await (await asked).arrayBuffer())).toEqual(picture.bytes);
  });

  test('answer what is no picture of the project with a problem', async () => {
    await start();
    const ask = (url: string) => electron.schemes.get('emend-image')!({ url });
    for (const path of [
      'else/cell1/full',
      'project/../../etc/passwd',
      'project/cell1/huge',
      'project/a/full/x',
      'augmented/cell1',
      'augmented/cell1/x?side=64&seed=1&settings={}',
    ]) {
      const answer = await ask(`emend-image://${path}`);
      expect(answer.status, path).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 'not-found' });
    }
    expect(electron.engine.sent('picture')).toEqual([]);
    const lost = ask('emend-image://project/cell1/full');
    await settle();
    electron.engine.emit('exit', 9);
    expect(await (await lost).json()).toMatchObject({ code: 'crashed' });
  });
});

describe('the engine', () => {
  test('runs beside the window and gets one end of its line', async () => {
    await start();
    expect(electron.argumentsOf('fork')).toEqual([['/app/engine.js', [], { serviceName: 'Emend engine' }]]);
    expect(electron.window.webContents.posted).toEqual([]);
    load();
    const [posted] = electron.window.webContents.posted;
    expect(posted?.channel).toBe('emend-port');
    expect(posted?.ports).toHaveLength(1);
    expect(electron.engine.posted.at(-1)).toMatchObject({ message: { type: 'connect' } });
    expect(electron.engine.posted.at(-1)?.ports).toHaveLength(1);
  });

  test('is not handed to a page that is not ours', async () => {
    await start();
    electron.window.webContents.url = 'https://evil.example/';
    load();
    expect(electron.window.webContents.posted).toEqual([]);
  });

  test('is started again when it dies, with its project, and the window gets a new line', async () => {
    await start();
    load();
    electron.engine.emit('message', { type: 'project', folder: '/cells' });
    electron.engine.emit('exit', 1);
    expect(electron.processes).toHaveLength(2);
    expect(electron.engine.posted.map(({ message }) => message)).toEqual([
      { type: 'open', folder: '/cells' },
      { type: 'connect' },
    ]);
    expect(electron.window.webContents.posted).toHaveLength(2);
  });

  test('is given up when it keeps dying, and the person is told', async () => {
    await start();
    for (let i = 0; i < 5; i++) electron.engine.emit('exit', 1);
    expect(electron.processes).toHaveLength(5);
    expect(electron.argumentsOf('dialog.error')).toHaveLength(1);
    expect(electron.argumentsOf('app.quit')).toHaveLength(1);
  });

  test('tells what nobody asked for in a dialog', async () => {
    await start({ folder });
    const problem = { code: 'damaged', subject: folder, reason: 'This is not a project.' };
    electron.engine.emit('message', { type: 'problem', problem });
    expect(electron.argumentsOf('dialog.message')[0]?.[1]).toMatchObject({
      message: folder,
      detail: problem.reason,
    });
  });

  test('closes its project before the application ends', async () => {
    await start();
    expect(isPrevented(electron.app, 'will-quit')).toBe(true);
    expect(electron.engine.sent('close')).toHaveLength(1);
    expect(electron.argumentsOf('app.quit')).toHaveLength(0);
    await settle();
    expect(electron.argumentsOf('app.quit')).toHaveLength(1);
    expect(isPrevented(electron.app, 'will-quit')).toBe(false);
    expect(electron.processes).toHaveLength(1);
  });
});

describe('the application', () => {
  test('runs once: a second start ends and hands its project to the first', async () => {
    electron.isFirst = false;
    await start({ folder: '/cells' });
    expect(electron.argumentsOf('app.lock')).toEqual([[{ folder: '/cells' }]]);
    expect(electron.argumentsOf('app.quit')).toHaveLength(1);
    expect(electron.windows).toEqual([]);
    expect(electron.processes).toEqual([]);
  });

  test('comes to the front when it is started again, and opens that project', async () => {
    await start();
    electron.window.isSmall = true;
    electron.app.emit('second-instance', {}, [], '/', { folder: '/cells' });
    expect(electron.engine.sent('open')).toEqual([{ type: 'open', folder: '/cells' }]);
    expect(electron.window.calls.slice(-2)).toEqual(['restore', 'focus']);
    electron.app.emit('second-instance', {}, [], '/', { folder: 5 });
    expect(electron.engine.sent('open')).toHaveLength(1);
  });

  test('opens the project that it was started with', async () => {
    await start({ folder: '/cells' });
    expect(electron.engine.sent('open')).toEqual([{ type: 'open', folder: '/cells' }]);
  });

  test('ends with its window, except on macOS, where it opens a new one', async () => {
    await start();
    electron.app.emit('window-all-closed');
    expect(electron.argumentsOf('app.quit')).toHaveLength(1);
    electron = new FakeElectron(folder);
    await start({ platform: 'darwin' });
    electron.window.emit('closed');
    electron.app.emit('window-all-closed');
    expect(electron.argumentsOf('app.quit')).toHaveLength(0);
    electron.app.emit('activate');
    expect(electron.windows).toHaveLength(2);
  });

  test('has a native menu with the usual roles', async () => {
    await start({ platform: 'darwin' });
    const [template] = electron.argumentsOf('menu')[0] as [{ role: string }[]];
    expect(template.map(({ role }) => role)).toEqual([
      'appMenu',
      'fileMenu',
      'editMenu',
      'viewMenu',
      'windowMenu',
    ]);
  });

  test('picks folders for its own page only', async () => {
    await start();
    const ask = (frame: object | null) => electron.handlers.get('emend-pick-folder')!({ senderFrame: frame });
    const own = { url: 'emend://app/index.html', parent: null };
    electron.picked = { canceled: false, filePaths: ['/cells'] };
    expect(await ask(own)).toBe('/cells');
    electron.picked = { canceled: true, filePaths: [] };
    expect(await ask(own)).toBeNull();
    for (const frame of [null, { ...own, url: 'https://evil.example/' }, { ...own, parent: own }]) {
      await expect(ask(frame)).rejects.toThrow();
    }
    expect([...electron.handlers.keys()]).toEqual(['emend-pick-folder']);
  });
});
