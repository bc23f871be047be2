import { useRef, useState, type PointerEvent, type RefObject } from 'react';
import type { ImageId } from '#core/ids.ts';
import type { SelectMode } from '../../state/selection.ts';
import { useView } from '../../state/view.ts';
import { tileAt, tilesIn, type Layout, type Rectangle } from './layout.ts';
import { clearSelection, pick } from './grid-selection.ts';

/** Pointer moves of less than this are a click, in pixels. */
const clickSlop = 4;
/** So near to the border the grid scrolls along, and so fast. */
const scrollZone = { edge: 32, step: 18 };

interface Drag {
  readonly x: number;
  readonly y: number;
  /** What stays selected while the rectangle grows. */
  readonly kept: ReadonlySet<ImageId>;
  isRectangle: boolean;
}

export interface GridPointer {
  /** The rectangle that is being drawn, in the coordinates of the content. */
  readonly rectangle: Rectangle | null;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerCancel: () => void;
}

function modeOf(event: PointerEvent): SelectMode {
  if (event.shiftKey) return 'range';
  return event.ctrlKey || event.metaKey ? 'toggle' : 'replace';
}

/** Selecting by mouse: click, shift, ctrl, and a rectangle drawn from anywhere. */
export function useGridPointer(
  scroller: RefObject<HTMLElement | null>,
  layout: Layout,
  ids: readonly ImageId[],
): GridPointer {
  const drag = useRef<Drag | null>(null);
  const [rectangle, setRectangle] = useState<Rectangle | null>(null);

  const pointOf = (event: PointerEvent): { x: number; y: number } => {
    const box = scroller.current?.getBoundingClientRect();
    const padding = 8;
    return {
      x: event.clientX - (box?.left ?? 0) - padding,
      y: event.clientY - (box?.top ?? 0) - padding + (scroller.current?.scrollTop ?? 0),
    };
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    const isScrollbar = event.nativeEvent.offsetX > event.currentTarget.clientWidth;
    if (event.button !== 0 || (isScrollbar && event.target === event.currentTarget)) return;
    const isAdding = event.ctrlKey || event.metaKey || event.shiftKey;
    const kept = isAdding ? useView.getState().selection.ids : new Set<ImageId>();
    drag.current = { ...pointOf(event), kept, isRectangle: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const start = drag.current;
    if (start === null) return;
    const point = pointOf(event);
    const isFar = Math.hypot(point.x - start.x, point.y - start.y) >= clickSlop;
    if (!start.isRectangle && !isFar) return;
    start.isRectangle = true;
    const area: Rectangle = {
      left: Math.min(start.x, point.x),
      right: Math.max(start.x, point.x),
      top: Math.min(start.y, point.y),
      bottom: Math.max(start.y, point.y),
    };
    setRectangle(area);
    const touched = tilesIn(layout, area).flatMap((tile) => ids[tile] ?? []);
    useView.setState({
      selection: { ids: new Set([...start.kept, ...touched]), anchor: touched[0] ?? null },
    });
    scrollAlong(scroller.current, event.clientY);
  };

  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    const start = drag.current;
    drag.current = null;
    setRectangle(null);
    if (start === null || start.isRectangle) return;
    const id = ids[tileAt(layout, start.x, start.y)];
    if (id !== undefined) pick(id, modeOf(event), ids);
    else if (modeOf(event) === 'replace') clearSelection();
  };

  const onPointerCancel = (): void => {
    drag.current = null;
    setRectangle(null);
  };

  return { rectangle, onPointerDown, onPointerMove, onPointerUp, onPointerCancel };
}

function scrollAlong(scroller: HTMLElement | null, y: number): void {
  if (scroller === null) return;
  const { top, bottom } = scroller.getBoundingClientRect();
  if (y < top + scrollZone.edge) scroller.scrollBy(0, -scrollZone.step);
  if (y > bottom - scrollZone.edge) scroller.scrollBy(0, scrollZone.step);
}
