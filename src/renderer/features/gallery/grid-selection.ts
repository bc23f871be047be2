import type { ImageId } from '#core/ids.ts';
import { knownDetail } from '../../state/details.ts';
import { acceptPredictions, labelImages } from '../../state/label.ts';
import { preferences } from '../../state/preferences.ts';
import { emptySelection, select, type SelectMode } from '../../state/selection.ts';
import { attempt } from '../../state/toast.tsx';
import { useView } from '../../state/view.ts';
import type { ClassId } from '#core/ids.ts';

/** What an action in the gallery is about: what is selected, or else the focused image. */
export function targets(): ImageId[] {
  const { selection, focused } = useView.getState();
  if (selection.ids.size > 0) return [...selection.ids];
  return focused === null ? [] : [focused];
}

/** Puts the focus on an image and selects it as the click or key says. */
export function pick(id: ImageId, mode: SelectMode, order: readonly ImageId[]): void {
  useView.setState(({ selection }) => ({ focused: id, selection: select(selection, { id, mode, order }) }));
}

/** Selects everything that the filter lets through. */
export function selectAll(order: readonly ImageId[]): void {
  useView.setState(({ selection }) => ({
    selection: { ids: new Set(order), anchor: selection.anchor ?? order[0] ?? null },
  }));
}

/** Selects nothing; the focus stays. */
export function clearSelection(): void {
  useView.setState({ selection: emptySelection() });
}

/** Gives a class (or none) to the targets; after a single image goes on to the next, if the person likes that. */
export function labelTargets(to: ClassId | null, order: readonly ImageId[]): void {
  const ids = targets();
  attempt(labelImages(ids, to));
  const [only] = ids;
  if (ids.length !== 1 || only === undefined || to === null || !preferences().autoAdvance) return;
  const next = order[order.indexOf(only) + 1];
  if (next !== undefined) pick(next, 'replace', order);
}

/** Labels the targets with what the model predicts for them. */
export function acceptTargets(): void {
  const ids = targets();
  const isKnownEmpty = ids.every((id) => knownDetail(id)?.prediction === null);
  if (!isKnownEmpty) attempt(acceptPredictions(ids));
}
