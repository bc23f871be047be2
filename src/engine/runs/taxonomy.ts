import type { ClassId } from '#core/ids.ts';
import type { Class } from '#core/records/class.ts';

/**
 * The taxonomy as losses read it: for each of the classes that labels use, then for each class that only holds others
 * together, the position of its parent, −1 at the top. Null where no class has a parent.
 */
export function taxonomyOf(
  used: readonly ClassId[],
  all: readonly Pick<Class, 'id' | 'parent'>[],
): number[] | null {
  const parentOf = new Map(all.map(({ id, parent }) => [id, parent]));
  // Grows while it is walked, so that parents of parents follow.
  const nodes = [...used];
  for (const id of nodes) {
    const parent = parentOf.get(id) ?? null;
    if (parent !== null && !nodes.includes(parent)) nodes.push(parent);
  }
  const parents = nodes.map((id) => nodes.indexOf(parentOf.get(id) ?? ('' as ClassId)));
  return parents.every((parent) => parent === -1) ? null : parents;
}
