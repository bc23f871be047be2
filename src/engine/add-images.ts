import { basename, join, resolve } from 'node:path';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { LabelOrigin } from '#contract/images.ts';
import type { Change } from '#core/changes.ts';
import type { SourceId } from '#core/ids.ts';
import type { Source } from '#core/records/source.ts';
import { isImageName } from '#images/image-name.ts';
import type { ImagePool } from '#images/image-pool.ts';
import type { ImportedImage } from '#images/operations.ts';
import { putThumbnails } from '#store/thumbnails.ts';
import { notesFromFolders, notesFromRows, type FileNotes } from './file-labels.ts';
import { imageChanges, type ImagePlan } from './image-changes.ts';
import { walkFolder } from './folder-walk.ts';
import type { JobHandle, Summary } from './jobs.ts';
import { readLabelFile } from './label-file.ts';
import { storedRoot } from './source-root.ts';
import type { Workspace } from './workspace.ts';

export interface AddImages {
  readonly folder: string;
  readonly labels: LabelOrigin;
  /** Who gave the labels, where the label file does not say; null = the current annotator. */
  readonly annotator: string | null;
}

/** Images are read and written in pieces of this many, so that a cancelled or killed import keeps what it has. */
const pieceSize = 500;

interface Plan extends ImagePlan {
  /** The folder that is added, absolute. */
  readonly folder: string;
  readonly pool: ImagePool;
  readonly job: JobHandle;
}

/**
 * Adds the images below a folder. Files that were added from this folder before are left as they are, so that a
 * second run carries on where the first stopped. What cannot be read is listed with its reason.
 */
export async function addImages(
  workspace: Workspace,
  pool: ImagePool,
  request: AddImages & { readonly job: JobHandle },
): Promise<Result<Summary>> {
  const { job } = request;
  const folder = resolve(request.folder);
  const notes = await readNotes(request, job);
  if (!notes.ok) return notes;
  const walk = await walkFolder(folder, {
    signal: job.signal,
    onFound: (found) => job.progress('list', found, 0),
  });
  if (!walk.ok) return walk;
  walk.value.unreadable.forEach((each) => job.skip(each));
  const files = chooseFiles(walk.value.files, job);
  const source = await sourceAt(workspace, folder);
  const fresh = await withoutAdded(workspace, source, files);
  if (request.labels.kind === 'csv') reportUnused(notes.value.paths, new Set(walk.value.files), job);
  const labeller = request.annotator ?? workspace.annotator.name;
  const plan = { workspace, pool, job, folder, source, labeller, notesOf: notes.value.of };
  const added = await addPieces(plan, fresh);
  if (!added.ok) return added;
  return ok({ ...added.value, known: files.length - fresh.length, folder });
}

interface Notes {
  readonly of: (path: string) => FileNotes;
  /** Paths that a label file names. */
  readonly paths: readonly string[];
}

async function readNotes({ labels }: AddImages, job: JobHandle): Promise<Result<Notes>> {
  const none: FileNotes = { labels: [], groupId: null, split: null };
  if (labels.kind === 'none') return ok({ of: () => none, paths: [] });
  if (labels.kind === 'folders') return ok({ of: notesFromFolders, paths: [] });
  const file = await readLabelFile(labels.file);
  if (!file.ok) return file;
  file.value.bad.forEach((row) => job.skip(row));
  const notes = notesFromRows(file.value.rows);
  return ok({ of: (path) => notes.get(path) ?? none, paths: [...notes.keys()] });
}

/** Documents that usually lie beside images and that nobody expects to be added. */
const documents =
  /\.(csv|tsv|txt|md|json|jsonl|xml|ya?ml|html?|pdf|log|ini|toml|db|sqlite|py|ipynb|sh|bat)$/i;

function chooseFiles(files: readonly string[], job: JobHandle): string[] {
  return files.filter((path) => {
    if (isImageName(path)) return true;
    if (!documents.test(path)) {
      job.skip({
        path,
        reason: 'Its name does not end like an image; rename it (.jpg, .png, .tif …) if it is one.',
      });
    }
    return false;
  });
}

function reportUnused(named: readonly string[], files: ReadonlySet<string>, job: JobHandle): void {
  for (const path of named) {
    if (!files.has(path)) job.skip({ path, reason: 'The label file names it, but it is not in the folder.' });
  }
}

/** The source of a folder, which is new unless images were added from it before. */
async function sourceAt(workspace: Workspace, folder: string): Promise<Source> {
  const root = storedRoot(workspace.store.folder, folder);
  const found = await workspace.store.db
    .selectFrom('source')
    .selectAll()
    // Older projects hold absolute roots even of folders inside them.
    .where('root', 'in', [root, folder])
    .executeTakeFirst();
  const addedAt = workspace.clock();
  return (
    (found as Source | undefined) ?? {
      id: workspace.newId() as SourceId,
      name: basename(folder),
      root,
      addedAt,
    }
  );
}

async function withoutAdded(
  workspace: Workspace,
  source: Source,
  files: readonly string[],
): Promise<string[]> {
  const rows = await workspace.store.background
    .selectFrom('image')
    .select('path')
    .where('source', '=', source.id)
    .execute();
  const known = new Set(rows.map((row) => row.path));
  return files.filter((path) => !known.has(path));
}

async function addPieces(plan: Plan, files: readonly string[]): Promise<Result<Summary>> {
  let images = 0;
  let labels = 0;
  let batch: string | undefined;
  for (let start = 0; start < files.length; start += pieceSize) {
    const piece = files.slice(start, start + pieceSize);
    const found = await readPiece(plan, piece, (done) =>
      plan.job.progress('read', start + done, files.length),
    );
    const done = await plan.workspace.inTurn(() => commitPiece(plan, found, batch));
    if (!done.ok) return done;
    if (done.value.images > 0) batch = done.value.batch;
    images += done.value.images;
    labels += done.value.labels;
    if (plan.job.signal.aborted)
      return err(problem('cancelled', plan.folder, 'Stopped; what was added stays.'));
  }
  return ok({ images, labels });
}

type FoundImage = { readonly path: string; readonly imported: ImportedImage };

/** Reads some files and keeps their thumbnails; what cannot be read is listed. */
async function readPiece(
  plan: Plan,
  files: readonly string[],
  onDone: (done: number) => void,
): Promise<FoundImage[]> {
  const { workspace, pool, job, folder } = plan;
  const paths = files.map((path) => join(folder, path));
  const read = await pool.importImages(paths, { signal: job.signal, onDone });
  const found: FoundImage[] = [];
  read.forEach((result, i) => {
    const path = files[i] ?? '';
    if (result.ok) found.push({ path, imported: result.value });
    else if (result.error.code !== 'cancelled') job.skip({ path, reason: result.error.reason });
  });
  await putThumbnails(
    workspace.store.db,
    found.map(({ imported }) => ({ hash: imported.hash, type: 'image/webp', bytes: imported.thumbnail })),
  );
  return found;
}

interface AddedPiece {
  readonly images: number;
  readonly labels: number;
  readonly batch: string;
}

/** Adds images that were read, with their source, classes and labels. */
async function commitPiece(
  plan: Plan,
  found: readonly FoundImage[],
  batch: string | undefined,
): Promise<Result<AddedPiece>> {
  const changes = await imageChanges(plan, found);
  if (!changes.ok) return changes;
  const countOf = (kind: Change['kind']): number =>
    changes.value.filter((change) => change.kind === kind).length;
  const images = countOf('image');
  const done = await plan.workspace.commit({
    action: 'images.add',
    detail: { folder: plan.source.name, count: images },
    changes: changes.value,
    ...(batch === undefined ? {} : { batch }),
  });
  return done.ok ? ok({ images, labels: countOf('label'), batch: done.value.batch }) : done;
}
