import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { updated } from '#core/changes.ts';
import type { SourceId } from '#core/ids.ts';
import type { Source } from '#core/records/source.ts';
import { inChunks } from './chunks.ts';
import { storedRoot } from './source-root.ts';
import type { Workspace } from './workspace.ts';

/** How many of a source's images lie below a folder. */
export interface Relocation {
  readonly found: number;
  readonly missing: number;
}

/** Points a source to the folder its images were moved to. Refused when none of them is there. */
export async function relocateSource(
  workspace: Workspace,
  id: SourceId,
  root: string,
): Promise<Result<Relocation>> {
  const { db } = workspace.store;
  const folder = resolve(root);
  const source = await db.selectFrom('source').selectAll().where('id', '=', id).executeTakeFirst();
  if (!source) return err(problem('not-found', id, 'This source is no longer there.'));
  const images = await db.selectFrom('image').select('path').where('source', '=', id).execute();
  const there = await inChunks(images, (chunk) =>
    Promise.all(chunk.map((image) => isThere(join(folder, image.path)))),
  );
  const found = there.filter(Boolean).length;
  const missing = images.length - found;
  if (found === 0)
    return err(problem('not-found', folder, 'None of the images is in this folder; choose another.'));
  const before = source as Source;
  const after = { ...before, root: storedRoot(workspace.store.folder, folder) };
  const changes = before.root === after.root ? [] : [updated('source', before, after)];
  const done = await workspace.commit({
    action: 'source.relocate',
    detail: { folder, count: found },
    changes,
  });
  return done.ok ? ok({ found, missing }) : done;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
