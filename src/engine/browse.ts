import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { FolderEntry } from '#contract/project.ts';
import { isImageName } from '#images/image-name.ts';

/** What a person chooses from when picking a folder, a project, a label file or a model. */
export interface FolderListing {
  readonly path: string;
  readonly parent: string | null;
  /** Image files directly in the folder. */
  readonly images: number;
  readonly entries: FolderEntry[];
}

const fileKinds: Readonly<Record<string, FolderEntry['kind']>> = { csv: 'csv', onnx: 'model' };

/** Lists a folder of this machine, or the home folder; hidden entries are left out. */
export async function browseFolder(path: string | null): Promise<Result<FolderListing>> {
  const folder = resolve(path ?? homedir());
  const listed = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (listed === null) return err(problem('not-found', folder, 'The folder is not there or cannot be read.'));
  const visible = listed.filter((entry) => !entry.name.startsWith('.'));
  const files = visible.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  const folders = visible.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const entries = [
    ...(await Promise.all(folders.map((name) => folderEntry(folder, name)))),
    ...files.flatMap((name) => fileEntry(folder, name)),
  ];
  const parent = dirname(folder);
  return ok({
    path: folder,
    parent: parent === folder ? null : parent,
    images: files.filter(isImageName).length,
    entries: entries.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })),
  });
}

async function folderEntry(folder: string, name: string): Promise<FolderEntry> {
  const path = join(folder, name);
  const inside = await readdir(path).catch((): string[] => []);
  return { name, path, kind: inside.includes('project.sqlite') ? 'project' : 'folder' };
}

function fileEntry(folder: string, name: string): FolderEntry[] {
  const kind = fileKinds[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];
  return kind === undefined ? [] : [{ name, path: join(folder, name), kind }];
}
