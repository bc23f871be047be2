import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Committed } from '#contract/labels.ts';
import { created, removed, updated, type Change } from '#core/changes.ts';
import { editClass, mergeClasses, newClass, reorderClasses, type ClassEdit } from '#core/class-changes.ts';
import type { ClassId } from '#core/ids.ts';
import type { Class } from '#core/records/class.ts';
import type { Label } from '#core/records/label.ts';
import type { Verdict } from '#core/records/verdict.ts';
import type { Workspace } from './workspace.ts';

/** All classes by position. */
async function allClasses(workspace: Workspace): Promise<Class[]> {
  return (await workspace.store.db.selectFrom('class').selectAll().orderBy('position').execute()) as Class[];
}

/** All classes by position, with how many units carry each now. */
export async function countedClasses(workspace: Workspace): Promise<(Class & { units: number })[]> {
  const counts = await workspace.store.background
    .selectFrom('current_label')
    .select(['class', ({ fn }) => fn.countAll<number>().as('units')])
    .groupBy('class')
    .execute();
  const unitsOf = new Map(counts.map((row) => [row.class, row.units]));
  return (await allClasses(workspace)).map((each) => ({ ...each, units: unitsOf.get(each.id) ?? 0 }));
}

/** Adds a class. */
export async function createClass(
  workspace: Workspace,
  edit: ClassEdit & { name: string },
): Promise<Result<Class>> {
  const made = newClass(workspace.newId() as ClassId, await allClasses(workspace), edit);
  if (!made.ok) return made;
  const done = await workspace.commit({
    action: 'class.create',
    detail: { class: made.value.name },
    changes: [created('class', made.value)],
  });
  return done.ok ? made : done;
}

/** Changes a class's name, colour, key or parent. */
export async function updateClass(
  workspace: Workspace,
  id: ClassId,
  edit: ClassEdit,
): Promise<Result<Committed>> {
  const classes = await allClasses(workspace);
  const before = classes.find((each) => each.id === id);
  if (!before) return missing(id);
  const after = editClass(before, classes, edit);
  if (!after.ok) return after;
  return workspace.commit({
    action: 'class.update',
    detail: { class: after.value.name },
    changes: [updated('class', before, after.value)],
  });
}

/** Puts classes in an order. */
export async function reorder(workspace: Workspace, ids: readonly ClassId[]): Promise<Result<Committed>> {
  const changes = reorderClasses(await allClasses(workspace), ids);
  return workspace.commit({ action: 'class.update', detail: { count: changes.length }, changes });
}

/** Gives all labels of one class to another and removes it. */
export async function merge(workspace: Workspace, from: ClassId, into: ClassId): Promise<Result<Committed>> {
  const classes = await allClasses(workspace);
  const source = classes.find((each) => each.id === from);
  const target = classes.find((each) => each.id === into);
  if (!source) return missing(from);
  if (!target) return missing(into);
  const { background } = workspace.store;
  const labels = (await background
    .selectFrom('label')
    .selectAll()
    .where('class', '=', from)
    .execute()) as Label[];
  const changes = mergeClasses({ from: source, into: target, classes, labels });
  if (!changes.ok) return changes;
  const verdicts = await verdictsAbout(workspace, from);
  return workspace.commit({
    action: 'class.merge',
    detail: { from: source.name, into: target.name, count: labels.length },
    changes: [...verdicts, ...changes.value],
  });
}

/** Removes a class that no label uses. */
export async function removeClass(workspace: Workspace, id: ClassId): Promise<Result<Committed>> {
  const classes = await allClasses(workspace);
  const found = classes.find((each) => each.id === id);
  if (!found) return missing(id);
  const used = await workspace.store.db
    .selectFrom('label')
    .select('id')
    .where('class', '=', id)
    .executeTakeFirst();
  if (used)
    return err(problem('exists', found.name, 'Labels use this class; merge it into another instead.'));
  const adopted = classes.filter((each) => each.parent === id);
  return workspace.commit({
    action: 'class.remove',
    detail: { class: found.name },
    changes: [
      ...adopted.map((each) => updated('class', each, { ...each, parent: found.parent })),
      ...(await verdictsAbout(workspace, id)),
      removed('class', found),
    ],
  });
}

/** Verdicts speak of classes; those about a class that goes away go with it. */
async function verdictsAbout(workspace: Workspace, id: ClassId): Promise<Change[]> {
  const rows = await workspace.store.db
    .selectFrom('verdict')
    .selectAll()
    .where(({ or, eb }) => or([eb('given', '=', id), eb('suggested', '=', id)]))
    .execute();
  return (rows as Verdict[]).map((verdict) => removed('verdict', verdict));
}

/** Classes by name, creating those that are not there: for labels that come from folders and files. */
export async function classesNamed(
  workspace: Workspace,
  names: readonly string[],
): Promise<Result<{ ids: Map<string, ClassId>; changes: Change[] }>> {
  const classes = await allClasses(workspace);
  const ids = new Map(classes.map((each) => [each.name.toLowerCase(), each.id]));
  const changes: Change[] = [];
  for (const name of names) {
    if (ids.has(name.toLowerCase())) continue;
    const made = newClass(workspace.newId() as ClassId, classes, { name });
    if (!made.ok) return made;
    classes.push(made.value);
    ids.set(name.toLowerCase(), made.value.id);
    changes.push(created('class', made.value));
  }
  return ok({ ids: new Map(names.map((name) => [name, ids.get(name.toLowerCase()) as ClassId])), changes });
}

function missing(id: string): Result<never> {
  return err(problem('not-found', id, 'This class is no longer there; choose another.'));
}
