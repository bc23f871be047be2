import { must } from '#base/assert.ts';
import { ok, type Result } from '#base/result.ts';
import { created, updated, type Change } from '#core/changes.ts';
import { imageUnit, type AnnotatorId, type ClassId, type UnitId } from '#core/ids.ts';
import type { Image } from '#core/records/image.ts';
import { labelId, type Label } from '#core/records/label.ts';
import { classesNamed } from './classes.ts';
import type { JobHandle, Summary } from './jobs.ts';
import { readLabelFile, type LabelRow } from './label-file.ts';
import { labelsOf, newestLabels } from './labelling.ts';
import type { Workspace } from './workspace.ts';

export interface ImportLabels {
  readonly file: string;
  /** Who gave the labels, where the file does not say; null = the current annotator. */
  readonly annotator: string | null;
  readonly job: JobHandle;
}

/** Names that the labels of a file refer to, resolved. */
interface Resolved {
  readonly labeller: string;
  readonly annotators: ReadonlyMap<string, AnnotatorId>;
  readonly classes: ReadonlyMap<string, ClassId>;
  readonly imagesAt: ReadonlyMap<string, readonly Image[]>;
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
  const rows = file.value.rows;
  const labeller = request.annotator ?? workspace.annotator.name;
  const named = rows.flatMap((row) => row.annotator ?? []);
  const annotators = await workspace.annotatorsNamed([labeller, ...named]);
  if (!annotators.ok) return annotators;
  return workspace.inTurn(() => importRows(workspace, rows, { labeller, annotators: annotators.value, job }));
}

async function importRows(
  workspace: Workspace,
  rows: readonly LabelRow[],
  by: Pick<Resolved, 'labeller' | 'annotators'> & { readonly job: JobHandle },
): Promise<Result<Summary>> {
  const images = await workspace.store.db.selectFrom('image').selectAll().execute();
  const imagesAt = Map.groupBy(images as Image[], (image) => image.path);
  for (const { path } of rows.filter((row) => !imagesAt.has(row.path))) {
    by.job.skip({
      path,
      reason: 'No image of the project has this path; paths are relative to the added folder.',
    });
  }
  const classes = await classesNamed(workspace, [...new Set(rows.flatMap((row) => row.label ?? []))]);
  if (!classes.ok) return classes;
  const labels = await labelChanges(workspace, rows, { ...by, classes: classes.value.ids, imagesAt });
  const described = descriptionChanges(rows, imagesAt);
  const done = await workspace.commit({
    action: 'label.import',
    detail: { count: labels.length },
    changes: [...classes.value.changes, ...described, ...labels],
  });
  return done.ok ? ok({ labels: labels.length, images: described.length }) : done;
}

async function labelChanges(
  workspace: Workspace,
  rows: readonly LabelRow[],
  names: Resolved,
): Promise<Change[]> {
  const units = [...names.imagesAt.values()].flat().map((image) => imageUnit(image.id));
  const given = await labelsOf(workspace, units);
  const existing = new Map(given.map((label) => [label.id, label]));
  const newest = newestLabels(given);
  const wanted = new Map(
    rows
      .flatMap((row) => rowLabels(workspace, row, { ...names, newest }))
      .sort((a, b) => a.time - b.time)
      .map((label) => [label.id, label]),
  );
  return [...wanted.values()].flatMap((label) => {
    const before = existing.get(label.id);
    if (before?.class === label.class && before.time === label.time) return [];
    return [before === undefined ? created('label', label) : updated('label', before, label)];
  });
}

/** The labels of a row. Without a time it speaks of now, and then is newer than what it corrects. */
function rowLabels(
  workspace: Workspace,
  row: LabelRow,
  names: Resolved & { readonly newest: ReadonlyMap<UnitId, Label> },
): Label[] {
  if (row.label === null) return [];
  const { session } = workspace.author;
  const classId = must(names.classes.get(row.label), 'classes are made before their labels');
  const annotator = must(names.annotators.get(row.annotator ?? names.labeller), 'annotators are made first');
  return (names.imagesAt.get(row.path) ?? []).map((image) => {
    const unit = imageUnit(image.id);
    const current = names.newest.get(unit);
    const isSaid = current?.annotator === annotator && current.class === classId;
    if (row.time === null && isSaid) return current;
    const time = row.time ?? Math.max(workspace.clock(), (current?.time ?? 0) + 1);
    return { id: labelId(unit, annotator), unit, annotator, class: classId, time, session };
  });
}

function descriptionChanges(rows: readonly LabelRow[], imagesAt: Resolved['imagesAt']): Change[] {
  const wanted = new Map<Image, Image>();
  for (const { path, groupId, split } of rows) {
    for (const image of imagesAt.get(path) ?? []) {
      const before = wanted.get(image) ?? image;
      wanted.set(image, { ...before, groupId: groupId ?? before.groupId, split: split ?? before.split });
    }
  }
  return [...wanted].flatMap(([before, after]) =>
    before.groupId === after.groupId && before.split === after.split ? [] : [updated('image', before, after)],
  );
}
