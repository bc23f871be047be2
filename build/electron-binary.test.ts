import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installedElectron, noWindowReason } from './electron-binary.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'emend-electron-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function install(version: string): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '45.4.1' }));
  mkdirSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'dist/version'), version);
  writeFileSync(join(folder, 'path.txt'), 'electron');
  writeFileSync(join(folder, 'dist/electron'), '');
}

test('Electron is there when its program of the right version is', () => {
  install('45.4.1');
  expect(installedElectron(folder)).toBe(join(folder, 'dist/electron'));
});

test('Electron is not there when it was never, half, or otherwise downloaded', () => {
  expect(installedElectron(folder)).toBeNull();
  install('44.0.0');
  expect(installedElectron(folder)).toBeNull();
  install('45.4.1');
  rmSync(join(folder, 'dist/electron'));
  expect(installedElectron(folder)).toBeNull();
});

test('a window needs a display, and a person who is not root', () => {
  expect(noWindowReason({ platform: 'linux', env: {}, uid: 1000 })).toContain('display');
  expect(noWindowReason({ platform: 'linux', env: { DISPLAY: ':0' }, uid: 0 })).toContain('root');
  expect(noWindowReason({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' }, uid: 1000 })).toBeNull();
  expect(noWindowReason({ platform: 'darwin', env: {}, uid: 0 })).toBeNull();
  expect(noWindowReason({ platform: 'win32', env: {}, uid: null })).toBeNull();
});
