import { must } from '#base/assert.ts';
import { ok, type Result } from '#base/result.ts';
import { created, updated, type Change } from '#core/changes.ts';
import { imageUnit, type AnnotatorId, type ClassId, type UnitId } from '#core/ids.ts';
import type { Image } from '#core/records/image.ts';
import type { Label } from '#core/records/label.ts';
import { inChunks } from './chunks.ts';
import { classesNamed } from './classes.ts';
import type { JobHandle, Summary } from './jobs.ts';
import { readLabelFile, type LabelRow } from './label-file.ts';
import { labelsOf, newestLabels, newLabel } from './labelling.ts';
import type { Workspace } from './workspace.ts';

export interface ImportLabels {
  readonly file: string;
  /** Who gave the labels, where the file does not say; null = the current annotator. */
  readonly annotator: string | null;
  readonly job: JobHandle;
}

/** Names that the labels of a file refer to, resolved. */
interface Names {
  readonly labeller: string;
  readonly annotators: ReadonlyMap<string, AnnotatorId>;
  readonly classes: ReadonlyMap<string, ClassId>;
}

/** A path, with the images there and what the file says about them. */
interface Place {
  readonly path: string;
  readonly rows: readonly LabelRow[];
  readonly images: readonly Image[];
}

/**
 * Labels images of the project from a file, in one undoable action. Rows name images by their path relative to a
 * source; every image at that path is labelled. Rows without an image are listed.
 */
export async function importLabels(workspace: Workspace, request: ImportLabels): Promise<Result<Summary>> {
  const { job } = request;
  const file = await readLabelFile(request.file);
  if (!file.ok) return file;
  file.value.bad.forEach((row) => job.skip(row));
  const labeller = request.annotator ?? workspace.annotator.name;
  return workspace.inTurn(() => importRows(workspace, file.value.rows, { labeller, job }));
}

async function importRows(
  workspace: Workspace,
  rows: readonly LabelRow[],
  { labeller, job }: { readonly labeller: string; readonly job: JobHandle },
): Promise<Result<Summary>> {
  const places = await findPlaces(workspace, rows, job);
  // What no image was found for creates nothing.
  const given = places.flatMap((place) => place.rows.filter(({ label }) => label !== null));
  const classes = await classesNamed(workspace, [...new Set(given.flatMap(({ label }) => label ?? []))]);
  if (!classes.ok) return classes;
  const people = new Set(given.map(({ annotator }) => annotator ?? labeller));
  const annotators = await workspace.annotatorsInTurn([...people]);
  if (!annotators.ok) return annotators;
  const names: Names = { labeller, annotators: annotators.value, classes: classes.value.ids };
  const labels = await inChunks(places, (chunk) => labelChanges(workspace, chunk, names));
  const described = await inChunks(places, (chunk) => chunk.flatMap(descriptionChanges));
  const done = await workspace.commit({
    action: 'label.import',
    detail: { count: labels.length },
    changes: [...classes.value.changes, ...described, ...labels],
  });
  return done.ok ? ok({ labels: labels.length, images: described.length }) : done;
}

/** The paths of the file where the project has images; the others are listed. */
function findPlaces(workspace: Workspace, rows: readonly LabelRow[], job: JobHandle): Promise<Place[]> {
  const rowsAt = Map.groupBy(rows, (row) => row.path);
  return inChunks([...rowsAt], async (chunk) => {
    const paths = chunk.map(([path]) => path);
    const images = await workspace.store.db
      .selectFrom('image')
      .selectAll()
      .where('path', 'in', paths)
      .execute();
    const imagesAt = Map.groupBy(images as Image[], (image) => image.path);
    return chunk.flatMap(([path, said]) => {
      const there = imagesAt.get(path);
      if (there === undefined) said.forEach(() => job.skip({ path, reason: noImage }));
      return there === undefined ? [] : [{ path, rows: said, images: there }];
    });
  });
}

const noImage = 'No image of the project has this path; paths are relative to the added folder.';

async function labelChanges(workspace: Workspace, places: readonly Place[], names: Names): Promise<Change[]> {
  const units = places.flatMap(({ images }) => images.map((image) => imageUnit(image.id)));
  const given = await labelsOf(workspace, units);
  const existing = new Map(given.map((label) => [label.id, label]));
  const newest = newestLabels(given);
  const { session } = workspace.author;
  const wanted = places
    .flatMap((place) => placeLabels(workspace, place, { ...names, newest, session }))
    .sort((a, b) => a.time - b.time);
  return [...new Map(wanted.map((label) => [label.id, label])).values()].flatMap((label) => {
    const before = existing.get(label.id);
    if (before?.class === label.class && before.time === label.time) return [];
    return [before === undefined ? created('label', label) : updated('label', before, label)];
  });
}

/** The labels of a path. A row without a time speaks of now, and then is newer than what it corrects. */
function placeLabels(
  workspace: Workspace,
  { rows, images }: Place,
  names: Names & { readonly newest: ReadonlyMap<UnitId, Label>; readonly session: string },
): Label[] {
  return rows.flatMap((row) => {
    if (row.label === null) return [];
    const classId = must(names.classes.get(row.label), 'classes are made before their labels');
    const annotator = must(
      names.annotators.get(row.annotator ?? names.labeller),
      'annotators are made first',
    );
    return images.map((image) => {
      const unit = imageUnit(image.id);
      const current = names.newest.get(unit);
      const isSaid = current?.annotator === annotator && current.class === classId;
      if (row.time === null && isSaid) return current;
      const label = newLabel(workspace, { unit, annotator, class: classId, session: names.session }, current);
      return row.time === null ? label : { ...label, time: row.time };
    });
  });
}

function descriptionChanges({ rows, images }: Place): Change[] {
  return images.flatMap((before) => {
    const after = rows.reduce(
      (image, { groupId, split }) => ({
        ...image,
        groupId: groupId ?? image.groupId,
        split: split ?? image.split,
      }),
      before,
    );
    const isSame = before.groupId === after.groupId && before.split === after.split;
    return isSame ? [] : [updated('image', before, after)];
  });
}
