import { useLayoutEffect, useRef, type RefObject } from 'react';
import type { ImageId } from '#core/ids.ts';
import { useView } from '../../state/view.ts';
import { rowAt, type Layout } from './layout.ts';

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

/**
 * Keeps the same images under the eye when the grid is laid out anew (other size, more images, labels that change the
 * order), and the focused image on screen when it moves. Returns what must be called on every scroll.
 */
export function useAnchoredScroll(
  scroller: RefObject<HTMLElement | null>,
  options: AnchoredOptions,
): () => void {
  const { ids, layout, indexOf } = options;
  const anchor = useRef<Anchor | null>(null);
  const focused = useView((state) => state.focused);

  useLayoutEffect(() => {
    const element = scroller.current;
    const kept = anchor.current;
    if (element === null || kept === null) return;
    const tile = indexOf.get(kept.id);
    const row = tile === undefined ? undefined : layout.rows[layout.rowOf[tile] ?? 0];
    if (row !== undefined) element.scrollTo({ top: row.top - kept.offset });
  }, [scroller, layout, indexOf]);

  useLayoutEffect(() => {
    const element = scroller.current;
    const tile = focused === null ? undefined : indexOf.get(focused);
    const row = tile === undefined ? undefined : layout.rows[layout.rowOf[tile] ?? 0];
    if (element === null || row === undefined) return;
    const margin = 8;
    if (row.top < element.scrollTop) element.scrollTo({ top: row.top - margin });
    const bottom = row.top + row.height + 2 * margin;
    if (bottom > element.scrollTop + element.clientHeight) {
      element.scrollTo({ top: bottom - element.clientHeight });
    }
    // Only when the focus moves: a new layout keeps its anchor instead.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [focused]);

  return () => {
    const element = scroller.current;
    const row = layout.rows[rowAt(layout, element?.scrollTop ?? 0)];
    const id = row === undefined ? undefined : ids[row.start];
    if (element === null || row === undefined || id === undefined) return;
    anchor.current = { id, offset: row.top - element.scrollTop };
  };
}
