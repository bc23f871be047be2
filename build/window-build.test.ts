import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isBuildStale } from './window-build.ts';

let folder: string;

/** Writes a file that was changed so many seconds after an arbitrary start. */
function put(path: string, seconds: number): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  utimesSync(file, 1_000_000 + seconds, 1_000_000 + seconds);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emend-build-'));
  put('src/main/main.ts', 1);
  put('package-lock.json', 1);
  put('electron.vite.config.ts', 1);
  for (const file of ['main/main.js', 'preload/preload.cjs', 'renderer/index.html']) put(`out/${file}`, 5);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a build newer than every source is kept', () => {
  expect(isBuildStale(folder)).toBe(false);
});

test('a build is made again when a source, the configuration or a package is newer', () => {
  for (const file of ['src/renderer/app/app.tsx', 'electron.vite.config.ts', 'package-lock.json']) {
    put(file, 9);
    expect(isBuildStale(folder), file).toBe(true);
    put(file, 1);
  }
});

test('tests and compiler notes do not ask for a build', () => {
  put('src/main/main.test.ts', 9);
  put('src/main/tsconfig.tsbuildinfo', 9);
  expect(isBuildStale(folder)).toBe(false);
});

test('a build of which a part is missing is made again', () => {
  rmSync(join(folder, 'out/preload/preload.cjs'));
  expect(isBuildStale(folder)).toBe(true);
});
