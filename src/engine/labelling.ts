import { problem } from '#base/problem.ts';
import { err, type Result } from '#base/result.ts';
import type { Committed } from '#contract/labels.ts';
import { created, removed, updated, type Change } from '#core/changes.ts';
import type { ClassId, UnitId } from '#core/ids.ts';
import { labelId, newestFirst, type Label } from '#core/records/label.ts';
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
async function existingUnits(workspace: Workspace, units: readonly UnitId[]): Promise<UnitId[]> {
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
  if (classId === null) return clearLabels(workspace, units);
  const wanted = await existingUnits(workspace, units);
  return giveClasses(workspace, new Map(wanted.map((unit) => [unit, classId])));
}

async function clearLabels(workspace: Workspace, units: readonly UnitId[]): Promise<Result<Committed>> {
  const existing = await labelsOf(workspace, units);
  return workspace.commit({
    action: 'label.clear',
    detail: { count: new Set(existing.map((label) => label.unit)).size },
    changes: existing.map((label) => removed('label', label)),
  });
}

/** Gives each unit its class, in one action; units whose current label by this annotator is that already stay. */
async function giveClasses(
  workspace: Workspace,
  classes: ReadonlyMap<UnitId, ClassId>,
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
  const changes = await labelChanges(workspace, classes);
  const name = ids.length === 1 ? (names[0]?.name ?? '') : String(ids.length);
  return workspace.commit({ action: 'label.set', detail: { class: name, count: changes.length }, changes });
}

/** The changes that give each unit its class now; units whose current label by this annotator is that stay. */
export function labelChanges(workspace: Workspace, classes: ReadonlyMap<UnitId, ClassId>): Promise<Change[]> {
  const { author } = workspace;
  return inChunks([...classes], async (chunk) => {
    const existing = await labelsOf(
      workspace,
      chunk.map(([unit]) => unit),
    );
    const byId = new Map(existing.map((label) => [label.id, label]));
    const newest = newestLabels(existing);
    return chunk.flatMap(([unit, classId]) => {
      const current = newest.get(unit);
      if (current?.annotator === author.annotator && current.class === classId) return [];
      const after = newLabel(workspace, { unit, class: classId, ...author }, current);
      const before = byId.get(after.id);
      return [before === undefined ? created('label', after) : updated('label', before, after)];
    });
  });
}

/**
 * A label given now. The newest label is the current one: a correction must never look older than what it corrects,
 * whatever a label file or another machine's clock said.
 */
export function newLabel(
  workspace: Workspace,
  about: Omit<Label, 'id' | 'time'>,
  corrected: Label | undefined,
): Label {
  const time = Math.max(workspace.clock(), (corrected?.time ?? 0) + 1);
  return { id: labelId(about.unit, about.annotator), ...about, time };
}

/** The current label of each unit. */
export function newestLabels(labels: readonly Label[]): Map<UnitId, Label> {
  const newest = new Map<UnitId, Label>();
  for (const label of labels) {
    const other = newest.get(label.unit);
    if (other === undefined || newestFirst(label, other) < 0) newest.set(label.unit, label);
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
  return giveClasses(workspace, new Map(predicted.map((row) => [row.unit, row.class])));
}
