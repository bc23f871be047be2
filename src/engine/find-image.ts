import { existsSync } from 'node:fs';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { ImageId } from '#core/ids.ts';
import { imageFile } from './source-root.ts';
import type { Workspace } from './workspace.ts';

/** The image of that id: the hash of its content, and the absolute path where its file should be. */
export async function findImage(
  { store }: Workspace,
  id: string,
): Promise<Result<{ readonly hash: string; readonly file: string }>> {
  const image = await store.db
    .selectFrom('image')
    .innerJoin('source', 'source.id', 'image.source')
    .select(['image.hash', 'image.path', 'source.root'])
    .where('image.id', '=', id as ImageId)
    .executeTakeFirst();
  if (!image) return err(problem('not-found', id, 'The project has no such image.'));
  return ok({ hash: image.hash, file: imageFile(store.folder, image) });
}

/** The path again, if the file is there. */
export function existingFile(file: string): Result<string> {
  const reason = 'The file is gone; put it back, or tell under Data where its folder is now.';
  return existsSync(file) ? ok(file) : err(problem('not-found', file, reason));
}
