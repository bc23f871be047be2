import type { ClassId } from '#core/ids.ts';
import type { Class } from '#core/records/class.ts';

type Node = Pick<Class, 'id' | 'parent' | 'position'>;

/** A line of the tree: a class and how deep it lies. */
export interface TreeLine<T extends Node> {
  readonly item: T;
  readonly depth: number;
}

/** Where a dragged class is dropped: at the height of another, or below it in the tree. */
export type DropPlace = 'before' | 'inside' | 'after';

function childrenOf<T extends Node>(classes: readonly T[], parent: ClassId | null): T[] {
  return classes.filter((item) => item.parent === parent).sort((a, b) => a.position - b.position);
}

/** The classes as the lines of a tree. A class whose parent is gone is shown at the top, so that none is lost. */
export function treeLines<T extends Node>(classes: readonly T[]): TreeLine<T>[] {
  const known = new Set(classes.map(({ id }) => id));
  const rooted = classes.map((item) =>
    item.parent === null || known.has(item.parent) ? item : { ...item, parent: null },
  );
  const lines: TreeLine<T>[] = [];
  const add = (parent: ClassId | null, depth: number): void => {
    for (const item of childrenOf(rooted, parent)) {
      lines.push({ item, depth });
      add(item.id, depth + 1);
    }
  };
  add(null, 0);
  return lines;
}

/** Whether a class is another one or lies below it in the tree. */
export function isWithin(classes: readonly Node[], id: ClassId, ancestor: ClassId): boolean {
  const parents = new Map(classes.map((item) => [item.id, item.parent]));
  for (let at: ClassId | null = id; at !== null; at = parents.get(at) ?? null)
    if (at === ancestor) return true;
  return false;
}

/** Parent and complete order after a class was moved. */
export interface Moved {
  readonly parent: ClassId | null;
  readonly order: readonly ClassId[];
}

/** What dropping a class on another leads to; null where it would lie below itself. */
export function dropped(
  classes: readonly Node[],
  dragged: ClassId,
  drop: { readonly target: ClassId; readonly place: DropPlace },
): Moved | null {
  const target = classes.find(({ id }) => id === drop.target);
  if (target === undefined || isWithin(classes, drop.target, dragged)) return null;
  const order = treeLines(classes)
    .map(({ item }) => item.id)
    .filter((id) => id !== dragged);
  const parent = drop.place === 'inside' ? target.id : target.parent;
  const at = order.indexOf(drop.target) + (drop.place === 'before' ? 0 : 1);
  return { parent, order: order.toSpliced(at, 0, dragged) };
}

/** The order after a class was moved up (−1) or down (+1) among its siblings; null at the border. */
export function shifted(classes: readonly Node[], id: ClassId, step: -1 | 1): readonly ClassId[] | null {
  const self = classes.find((item) => item.id === id);
  if (self === undefined) return null;
  const siblings = childrenOf(classes, self.parent);
  const other = siblings[siblings.findIndex((item) => item.id === id) + step];
  if (other === undefined) return null;
  return dropped(classes, id, { target: other.id, place: step < 0 ? 'before' : 'after' })?.order ?? null;
}
