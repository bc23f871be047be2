import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { storageProblem } from './storage-problem.ts';

/** Where everything of a project lies. */
export interface ProjectPaths {
  readonly folder: string;
  readonly project: string;
  readonly cache: string;
  readonly lock: string;
  readonly embeddings: string;
  readonly models: string;
  readonly backbones: string;
  readonly backups: string;
  readonly runs: string;
}

/** The paths of a project in `folder`. */
export function projectPaths(folder: string): ProjectPaths {
  const root = resolve(folder);
  return {
    folder: root,
    project: join(root, 'project.sqlite'),
    cache: join(root, 'cache.sqlite'),
    lock: join(root, 'lock'),
    embeddings: join(root, 'cache', 'embeddings'),
    models: join(root, 'models'),
    backbones: join(root, 'backbones'),
    backups: join(root, 'backups'),
    runs: join(root, 'runs'),
  };
}

/** Whether there is a project in the folder (which may still turn out to be damaged). */
export function isProjectFolder(folder: string): boolean {
  return existsSync(projectPaths(folder).project);
}

/** Whether a project can be made in the folder: it is missing, or nothing but hidden files is in it. */
export function checkNewFolder(folder: string): Result<null> {
  try {
    if (!existsSync(folder)) return ok(null);
    if (!statSync(folder).isDirectory())
      return err(problem('bad-input', folder, 'This is a file; choose a folder for the project.'));
    if (isProjectFolder(folder))
      return err(problem('exists', folder, 'There is a project in this folder already; open it instead.'));
    if (readdirSync(folder).some((name) => !name.startsWith('.')))
      return err(problem('exists', folder, 'This folder is not empty; choose a new or an empty one.'));
    return ok(null);
  } catch (cause) {
    const known = storageProblem(cause, folder);
    if (known === null) throw cause;
    return err(known);
  }
}

/** Whether there is a project file to open, in words when there is none. */
export function checkProjectFolder(folder: string): Result<null> {
  if (!existsSync(folder))
    return err(
      problem('not-found', folder, 'This folder does not exist; check its name and that its drive is there.'),
    );
  if (!statSync(folder).isDirectory())
    return err(problem('bad-input', folder, 'This is a file; name the folder of a project.'));
  const { project } = projectPaths(folder);
  if (!existsSync(project))
    return err(
      problem('not-found', folder, 'There is no Emend project in this folder; choose another or create one.'),
    );
  if (statSync(project).size === 0)
    return err(
      problem('damaged', folder, 'Its project.sqlite is empty; put back a copy of the project folder.'),
    );
  return ok(null);
}
