import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { projectArgument } from './project-argument.ts';

const cwd = mkdtempSync(join(tmpdir(), 'emend-argument-'));
mkdirSync(join(cwd, 'cells'));
writeFileSync(join(cwd, 'notes.txt'), '');
afterAll(() => rmSync(cwd, { recursive: true }));

test('the first folder on the command line is the project; switches and files are not', () => {
  expect(projectArgument(['--inspect', 'notes.txt', 'cells'], cwd)).toBe(join(cwd, 'cells'));
  expect(projectArgument([join(cwd, 'cells')], '/')).toBe(join(cwd, 'cells'));
  expect(projectArgument(['missing'], cwd)).toBeNull();
  expect(projectArgument([], cwd)).toBeNull();
});
