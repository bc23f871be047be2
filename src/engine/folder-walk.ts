import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { attempt } from '#store/storage-problem.ts';

/** Files below a folder, and the folders that could not be read. */
export interface Walk {
  /** Paths relative to the folder, with forward slashes, sorted by code unit. */
  readonly files: readonly string[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

export interface WalkOptions {
  readonly signal: AbortSignal;
  /** Called with the number of files found so far, folder by folder. */
  readonly onFound?: (count: number) => void;
}

/**
 * Lists the files below a folder. Hidden entries and Emend projects are left out; links are followed to files
 * but not to folders, so that a circle of links ends.
 */
export async function walkFolder(folder: string, options: WalkOptions): Promise<Result<Walk>> {
  const there = await checkFolder(folder);
  if (!there.ok) return there;
  const files: string[] = [];
  const unreadable: Walk['unreadable'][number][] = [];
  const waiting = [''];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    if (options.signal.aborted)
      return err(problem('cancelled', folder, 'Stopped before all files were listed.'));
    const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(() => null);
    if (entries === null) {
      unreadable.push({ path: below, reason: 'The folder cannot be read; check its permissions.' });
    } else if (below === '' || !isProject(entries)) {
      const [folders, plain] = visible(entries, below);
      waiting.push(...folders);
      files.push(...plain);
    }
    options.onFound?.(files.length);
  }
  return ok({ files: files.sort(), unreadable });
}

function checkFolder(folder: string): Promise<Result<null>> {
  return attempt(folder, async () => {
    const found = await stat(folder);
    if (found.isDirectory()) return ok(null);
    return err(problem('bad-input', folder, 'This is a file; name the folder that it is in.'));
  });
}

function isProject(entries: readonly Dirent[]): boolean {
  return entries.some((entry) => entry.name === 'project.sqlite');
}

/** Paths of the folders and of the files that are not hidden. */
function visible(entries: readonly Dirent[], below: string): [folders: string[], files: string[]] {
  const shown = entries.filter((entry) => !entry.name.startsWith('.'));
  const pathOf = ({ name }: Dirent): string => (below === '' ? name : `${below}/${name}`);
  return [
    shown.filter((entry) => entry.isDirectory()).map(pathOf),
    shown.filter((entry) => !entry.isDirectory()).map(pathOf),
  ];
}
