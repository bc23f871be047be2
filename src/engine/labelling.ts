import { problem } from '#base/problem.ts';
import { err, type Result } from '#base/result.ts';
import type { Committed } from '#contract/labels.ts';
import { created, removed, updated, type Change } from '#core/changes.ts';
import type { ClassId, UnitId } from '#core/ids.ts';
import { labelId, type Label } from '#core/records/label.ts';
import { inChunks } from './chunks.ts';
import type { Workspace } from './workspace.ts';

/** All labels of some units, whoever gave them. */
export async function labelsOf(workspace: Workspace, units: readonly UnitId[]): Promise<Label[]> {
  const chunks = await inChunks(units, (chunk) =>
    workspace.store.db.selectFrom('label').selectAll().where('unit', 'in', chunk).execute(),
  );
  return chunks as Label[];
}

/** The units of `units` that exist. */
export async function existingUnits(workspace: Workspace, units: readonly UnitId[]): Promise<UnitId[]> {
  const ids = units as readonly string[];
  const found = await inChunks(ids, (chunk) =>
    workspace.store.db
      .selectFrom('image')
      .select('id')
      .where('id', 'in', chunk as never)
      .execute(),
  );
  const known = new Set<string>(found.map((row) => row.id));
  return units.filter((unit) => known.has(unit));
}

/** Gives one class to many units, by the current annotator and now; null takes every label off them. */
export async function setLabels(
  workspace: Workspace,
  units: readonly UnitId[],
  classId: ClassId | null,
): Promise<Result<Committed>> {
  const existing = await labelsOf(workspace, units);
  if (classId === null) {
    return workspace.commit({
      action: 'label.clear',
      detail: { count: new Set(existing.map((label) => label.unit)).size },
      changes: existing.map((label) => removed('label', label)),
    });
  }
  const wanted = await existingUnits(workspace, units);
  return giveClasses(workspace, new Map(wanted.map((unit) => [unit, classId])), existing);
}

/** Gives each unit its class, in one action; units whose current label by this annotator is that already stay. */
export async function giveClasses(
  workspace: Workspace,
  classes: ReadonlyMap<UnitId, ClassId>,
  existing: readonly Label[],
): Promise<Result<Committed>> {
  const ids = [...new Set(classes.values())];
  const names = await workspace.store.db
    .selectFrom('class')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .execute();
  if (names.length < ids.length) {
    return err(problem('not-found', 'class', 'This class is no longer there; choose another.'));
  }
  const changes = labelChanges(workspace, classes, existing);
  const name = ids.length === 1 ? (names[0]?.name ?? '') : String(ids.length);
  return workspace.commit({ action: 'label.set', detail: { class: name, count: changes.length }, changes });
}

/** The changes that give each unit its class now. */
export function labelChanges(
  workspace: Workspace,
  classes: ReadonlyMap<UnitId, ClassId>,
  existing: readonly Label[],
): Change[] {
  const { annotator, session } = workspace.author;
  const byId = new Map(existing.map((label) => [label.id, label]));
  const newest = newestLabels(existing);
  // The newest label is the current one: a correction must never look older than what it corrects, whatever a
  // label file or another machine's clock said.
  return [...classes].flatMap(([unit, classId]) => {
    const current = newest.get(unit);
    const time = Math.max(workspace.clock(), (current?.time ?? 0) + 1);
    const before = byId.get(labelId(unit, annotator));
    if (current?.annotator === annotator && current.class === classId) return [];
    const after: Label = { id: labelId(unit, annotator), unit, annotator, class: classId, time, session };
    return [before === undefined ? created('label', after) : updated('label', before, after)];
  });
}

/** The current label of each unit; of several from the same millisecond the one by the greatest annotator id. */
export function newestLabels(labels: readonly Label[]): Map<UnitId, Label> {
  const newest = new Map<UnitId, Label>();
  for (const label of labels) {
    const other = newest.get(label.unit);
    const isNewer =
      other === undefined ||
      label.time > other.time ||
      (label.time === other.time && label.annotator > other.annotator);
    if (isNewer) newest.set(label.unit, label);
  }
  return newest;
}

/** Labels units with what the current model predicts for them; units without a prediction stay as they are. */
export async function acceptPredictions(
  workspace: Workspace,
  units: readonly UnitId[],
): Promise<Result<Committed>> {
  const predicted = await inChunks(units, (chunk) =>
    workspace.store.db
      .selectFrom('cache.prediction')
      .innerJoin('class', 'class.id', 'cache.prediction.class')
      .select(['unit', 'cache.prediction.class as class'])
      .where('unit', 'in', chunk)
      .execute(),
  );
  if (predicted.length === 0) {
    return err(problem('not-found', 'prediction', 'Nothing is predicted for these images yet; train first.'));
  }
  const classes = new Map(predicted.map((row) => [row.unit, row.class]));
  return giveClasses(workspace, classes, await labelsOf(workspace, units));
}
