import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Picture, PictureSize } from '#contract/shell.ts';
import type { ImagePool } from '#images/image-pool.ts';
import { getThumbnail, putThumbnails } from '#store/thumbnails.ts';
import { existingFile, findImage } from './find-image.ts';
import type { Workspace } from './workspace.ts';

/** Which picture is wanted; ids that are not images of the project find nothing. */
export interface PictureQuery {
  readonly id: string;
  readonly size: PictureSize;
}

/** An image of the project as a browser shows it. A thumbnail that is not in the cache is made and kept. */
export async function findPicture(
  workspace: Workspace,
  pool: ImagePool,
  { id, size }: PictureQuery,
): Promise<Result<Picture>> {
  const { db } = workspace.store;
  const image = await findImage(workspace, id);
  if (!image.ok) return image;
  const kept = size === 'thumbnail' ? await getThumbnail(db, image.value.hash) : null;
  if (kept !== null) return ok({ bytes: kept.bytes, type: kept.type });
  const file = existingFile(image.value.file);
  if (!file.ok) return file;
  if (size === 'thumbnail') return makeThumbnail(workspace, pool, image.value);
  const rendition = await pool.render(file.value);
  return rendition.ok ? ok({ bytes: rendition.value.data, type: rendition.value.mediaType }) : rendition;
}

async function makeThumbnail(
  workspace: Workspace,
  pool: ImagePool,
  { file, hash }: { file: string; hash: string },
): Promise<Result<Picture>> {
  const [read] = await pool.importImages([file]);
  if (read === undefined)
    return err(problem('crashed', file, 'The image process gave no answer; try again.'));
  if (!read.ok) return read;
  const made = { type: 'image/webp', bytes: read.value.thumbnail };
  // A file that changed since it was added is shown as it is now, but not kept under the hash it had.
  if (read.value.hash === hash && !workspace.store.readOnly) {
    await putThumbnails(workspace.store.db, [{ hash, ...made }]);
  }
  return ok(made);
}
