import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { removed, updated, type Change } from './changes.ts';
import type { ClassId } from './ids.ts';
import { freeColour, freeHotkey } from './palette.ts';
import type { Class } from './records/class.ts';
import type { Label } from './records/label.ts';

/** What a person may set of a class. */
export type ClassEdit = Partial<Pick<Class, 'name' | 'colour' | 'hotkey' | 'parent'>>;

/** A new class behind all others, with the first free colour and digit unless given. */
export function newClass(
  id: ClassId,
  existing: readonly Class[],
  edit: ClassEdit & { name: string },
): Result<Class> {
  // Not their number: classes that were removed leave gaps.
  const position = Math.max(-1, ...existing.map((each) => each.position)) + 1;
  const made: Class = {
    id,
    name: edit.name.trim(),
    colour: edit.colour ?? freeColour(existing.map((each) => each.colour)),
    hotkey: edit.hotkey ?? freeHotkey(new Set(existing.map((each) => each.hotkey))),
    position,
    parent: edit.parent ?? null,
  };
  return checkClass(made, existing);
}

/** The class after an edit, or why it cannot be so. */
export function editClass(before: Class, existing: readonly Class[], edit: ClassEdit): Result<Class> {
  return checkClass(
    { ...before, ...edit, name: (edit.name ?? before.name).trim() },
    existing.filter((each) => each.id !== before.id),
  );
}

function checkClass(made: Class, others: readonly Class[]): Result<Class> {
  const sameName = others.find((each) => each.name.toLowerCase() === made.name.toLowerCase());
  if (made.name === '') return err(problem('bad-input', 'name', 'A class needs a name.'));
  if (sameName)
    return err(problem('exists', made.name, 'Another class has this name; choose a different one.'));
  const sameKey = made.hotkey === null ? undefined : others.find((each) => each.hotkey === made.hotkey);
  if (sameKey)
    return err(
      problem(
        'exists',
        made.hotkey ?? '',
        `This key already labels “${sameKey.name}”; choose a different one.`,
      ),
    );
  if (isBelow(made.parent, made.id, others)) {
    return err(problem('bad-input', made.name, 'A class cannot be below itself; choose another parent.'));
  }
  return ok(made);
}

/** Whether `start` is `ancestor` or lies below it. */
function isBelow(start: ClassId | null, ancestor: ClassId, classes: readonly Class[]): boolean {
  const parents = new Map(classes.map((each) => [each.id, each.parent]));
  const seen = new Set<ClassId>();
  for (let at = start; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
    if (at === ancestor) return true;
    seen.add(at);
  }
  return false;
}

/** The changes that put classes in the given order; ids that are missing keep their place behind. */
export function reorderClasses(classes: readonly Class[], ids: readonly ClassId[]): Change[] {
  const wanted = new Map(ids.map((id, position) => [id, position]));
  const rank = (each: Class): number => wanted.get(each.id) ?? ids.length + each.position;
  return [...classes]
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((each, position) =>
      each.position === position ? [] : [updated('class', each, { ...each, position })],
    );
}

/** What merging needs to know. */
export interface Merge {
  readonly from: Class;
  readonly into: Class;
  readonly classes: readonly Class[];
  /** Every label (of any annotator) that carries `from`. */
  readonly labels: readonly Label[];
}

/** Gives the labels and children of `from` to `into` and removes `from`. Labels keep who gave them, and when. */
export function mergeClasses({ from, into, classes, labels }: Merge): Result<Change[]> {
  if (from.id === into.id)
    return err(problem('bad-input', from.name, 'A class cannot be merged into itself.'));
  if (isBelow(into.id, from.id, classes)) {
    return err(problem('bad-input', from.name, `“${into.name}” lies below it; merge the other way round.`));
  }
  const relabelled = labels.map((label) => updated('label', label, { ...label, class: into.id }));
  const adopted = classes
    .filter((each) => each.parent === from.id)
    .map((each) => updated('class', each, { ...each, parent: into.id }));
  return ok([...relabelled, ...adopted, removed('class', from)]);
}
