/** What is selected in an ordered list, and where a range would start from. */
export interface Selection<Id> {
  readonly ids: ReadonlySet<Id>;
  readonly anchor: Id | null;
}

/** How a click or a key extends what is selected. */
export type SelectMode = 'replace' | 'toggle' | 'range';

/** Nothing selected. */
export function emptySelection<Id>(): Selection<Id> {
  return { ids: new Set(), anchor: null };
}

function between<Id>(order: readonly Id[], from: Id, to: Id): Id[] {
  const start = order.indexOf(from);
  const end = order.indexOf(to);
  if (start < 0 || end < 0) return [to];
  return order.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/** The selection after an item was clicked. A range runs from the anchor, which then stays where it is. */
export function select<Id>(
  selection: Selection<Id>,
  pick: { readonly id: Id; readonly mode: SelectMode; readonly order: readonly Id[] },
): Selection<Id> {
  const { id, mode, order } = pick;
  if (mode === 'range' && selection.anchor !== null) {
    return { ids: new Set(between(order, selection.anchor, id)), anchor: selection.anchor };
  }
  if (mode !== 'toggle') return { ids: new Set([id]), anchor: id };
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id };
}

/** What is left of the selection when the list shows other items. */
export function keepExisting<Id>(selection: Selection<Id>, order: readonly Id[]): Selection<Id> {
  if (selection.ids.size === 0) return selection;
  const existing = new Set(order);
  const ids = [...selection.ids].filter((id) => existing.has(id));
  if (ids.length === selection.ids.size) return selection;
  const { anchor } = selection;
  return { ids: new Set(ids), anchor: anchor !== null && existing.has(anchor) ? anchor : null };
}
