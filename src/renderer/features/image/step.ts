/** Where the open image is in the gallery's order, also after it dropped out of it. */
export interface Position<Id> {
  readonly ids: readonly Id[];
  readonly open: Id | null;
  /** Where the open image was when it was last in the list. */
  readonly lastAt: number;
}

/** The place of the open image in the list, or the one it had. */
export function placeOf<Id>({ ids, open, lastAt }: Position<Id>): number {
  const at = open === null ? -1 : ids.indexOf(open);
  return at >= 0 ? at : lastAt;
}

/**
 * The image so many steps on, or null at an end of the list. An image that a filter no longer lets through (it was
 * labelled just now) has left its place to the one after it, which is then one step on.
 */
export function stepTo<Id>(position: Position<Id>, step: 1 | -1): Id | null {
  const { ids, open } = position;
  const at = placeOf(position);
  const isThere = open !== null && ids[at] === open;
  const target = isThere || step < 0 ? at + step : at;
  return ids[target] ?? null;
}

/** The images to have ready: those after the open one first. */
export function around<Id>(position: Position<Id>, reach: number): Id[] {
  const { ids } = position;
  const at = placeOf(position);
  const near: Id[] = [];
  for (let step = 1; step <= reach; step += 1) {
    for (const target of [at + step, at - step]) {
      const id = ids[target];
      if (id !== undefined) near.push(id);
    }
  }
  return near;
}
