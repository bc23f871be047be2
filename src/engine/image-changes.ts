import { createHash } from 'node:crypto';
import { must } from '#base/assert.ts';
import { ok, type Result } from '#base/result.ts';
import { created, type Change } from '#core/changes.ts';
import { imageUnit, type AnnotatorId, type ClassId, type ImageId, type SourceId } from '#core/ids.ts';
import type { Image } from '#core/records/image.ts';
import { labelId, type Label } from '#core/records/label.ts';
import type { Source } from '#core/records/source.ts';
import type { ImportedImage } from '#images/operations.ts';
import { classesNamed } from './classes.ts';
import type { FileLabel, FileNotes } from './file-labels.ts';
import type { Workspace } from './workspace.ts';

/** What images that were read need to become records. */
export interface ImagePlan {
  readonly workspace: Workspace;
  readonly source: Source;
  /** Who gave labels that do not say by whom. */
  readonly labeller: string;
  readonly notesOf: (path: string) => FileNotes;
}

/**
 * The changes that add images that were read: their source and classes where new, the images and their labels. Whoever
 * is new among the annotators is created at once. For work that has its turn.
 */
export async function imageChanges(
  plan: ImagePlan,
  found: readonly { readonly path: string; readonly imported: ImportedImage }[],
): Promise<Result<Change[]>> {
  const { workspace, source } = plan;
  if (found.length === 0) return ok([]);
  const notes = found.map(({ path }) => plan.notesOf(path));
  const given = notes.flatMap((note) => note.labels);
  const classes = await classesNamed(workspace, [...new Set(given.map(({ label }) => label))]);
  if (!classes.ok) return classes;
  const people = new Set(given.map(({ annotator }) => annotator ?? plan.labeller));
  const annotators = await workspace.annotatorsInTurn([...people]);
  if (!annotators.ok) return annotators;
  const known = { classes: classes.value.ids, annotators: annotators.value };
  const isKnown = await workspace.store.db
    .selectFrom('source')
    .select('id')
    .where('id', '=', source.id)
    .executeTakeFirst();
  const changes: Change[] = [...(isKnown ? [] : [created('source', source)]), ...classes.value.changes];
  for (const [i, { path, imported }] of found.entries()) {
    const note = notes[i] ?? plan.notesOf(path);
    const image = toImage(plan, path, { imported, note });
    const labels = toLabels(plan, image.id, { labels: note.labels, ...known });
    changes.push(created('image', image), ...labels.map((label) => created('label', label)));
  }
  return ok(changes);
}

function toImage(plan: ImagePlan, path: string, from: { imported: ImportedImage; note: FileNotes }): Image {
  const { hash, bytes, width, height, orientation, format } = from.imported;
  return {
    ...{ hash, bytes, width, height, orientation, format },
    id: imageId(plan.source.id, path),
    source: plan.source.id,
    path,
    groupId: from.note.groupId,
    split: from.note.split,
    addedAt: plan.workspace.clock(),
  };
}

/** The same file of the same source has the same id in every copy of a project. */
function imageId(source: SourceId, path: string): ImageId {
  return createHash('sha256').update(`${source}\n${path}`).digest('hex').slice(0, 20) as ImageId;
}

function toLabels(plan: ImagePlan, image: ImageId, from: LabelsOfFile): Label[] {
  const unit = imageUnit(image);
  const { session } = plan.workspace.author;
  const labels = from.labels.map(({ label, annotator: name, time }): Label => {
    const annotator = must(
      from.annotators.get(name ?? plan.labeller),
      'annotators are made before their labels',
    );
    const classId = must(from.classes.get(label), 'classes are made before their labels');
    const at = time ?? plan.workspace.clock();
    return { id: labelId(unit, annotator), unit, annotator, class: classId, time: at, session };
  });
  // Of several by one annotator the newest is kept.
  labels.sort((a, b) => a.time - b.time);
  return [...new Map(labels.map((label) => [label.id, label])).values()];
}

interface LabelsOfFile {
  readonly labels: readonly FileLabel[];
  readonly classes: ReadonlyMap<string, ClassId>;
  readonly annotators: ReadonlyMap<string, AnnotatorId>;
}
