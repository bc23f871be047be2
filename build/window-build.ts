import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const inputs = ['src', 'electron.vite.config.ts', 'package-lock.json'];
const outputs = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];
const isInput = (file: string): boolean => !/\.test\.tsx?$|\.tsbuildinfo$/.test(file);

/** Is something of the build in `folder` missing, or older than a source? */
export function isBuildStale(folder: string): boolean {
  const built = Math.min(...outputs.map((file) => modifiedMs(join(folder, file))));
  const changed = inputs.flatMap((input) => filesIn(join(folder, input))).filter(isInput);
  return changed.some((file) => modifiedMs(file) >= built);
}

/** Builds the window and the processes behind it when that is needed; false when it failed (the reason is printed). */
export function ensureBuild(): boolean {
  if (!isBuildStale(root)) return true;
  console.log('Building the window…');
  const program = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const options = { cwd: root, stdio: 'inherit' } as const;
  return spawnSync(process.execPath, [program, 'build', '--logLevel', 'warn'], options).status === 0;
}

function filesIn(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** 0 for a file that is not there. */
function modifiedMs(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
