import { useLayoutEffect, type RefObject } from 'react';
import type { ImageId } from '#core/ids.ts';
import { useView } from '../../state/view.ts';
import { rowAt, type Layout, type Row } from './layout.ts';

interface Anchor {
  readonly id: ImageId;
  /** Distance of its row from the top of the screen. */
  readonly offset: number;
}

export interface AnchoredOptions {
  readonly ids: readonly ImageId[];
  readonly layout: Layout;
  readonly indexOf: ReadonlyMap<ImageId, number>;
}

/** Outlives the grid, so that whoever comes back from another view finds the same place. */
let anchor: Anchor | null = null;

/**
 * Keeps the same images under the eye when the grid is laid out anew (other size, more images, labels that change the
 * order), and the focused image on screen when it moves. Returns what must be called on every scroll.
 */
export function useAnchoredScroll(
  scroller: RefObject<HTMLElement | null>,
  options: AnchoredOptions,
): () => void {
  const { ids, layout, indexOf } = options;
  const focused = useView((state) => state.focused);
  const rowWith = (id: ImageId | null): Row | undefined => {
    const tile = id === null ? undefined : indexOf.get(id);
    return tile === undefined ? undefined : layout.rows[layout.rowOf[tile] ?? 0];
  };
  const isLaidOut = layout.rows.length > 0;

  useLayoutEffect(() => {
    const row = rowWith(anchor?.id ?? null);
    if (anchor !== null && row !== undefined) scroller.current?.scrollTo({ top: row.top - anchor.offset });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `rowWith` is of the layout
  }, [scroller, layout, indexOf]);

  useLayoutEffect(() => {
    const row = rowWith(focused);
    if (scroller.current !== null && row !== undefined) bringIntoView(scroller.current, row);
    // Only when the focus moves or the grid appears: a new layout keeps its anchor instead.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [focused, isLaidOut]);

  return () => {
    const element = scroller.current;
    const row = layout.rows[rowAt(layout, element?.scrollTop ?? 0)];
    const id = row === undefined ? undefined : ids[row.start];
    if (element === null || row === undefined || id === undefined) return;
    anchor = { id, offset: row.top - element.scrollTop };
  };
}

function bringIntoView(element: HTMLElement, row: Row): void {
  const margin = 8;
  if (row.top < element.scrollTop) element.scrollTo({ top: row.top - margin });
  const bottom = row.top + row.height + 2 * margin;
  if (bottom > element.scrollTop + element.clientHeight)
    element.scrollTo({ top: bottom - element.clientHeight });
}
