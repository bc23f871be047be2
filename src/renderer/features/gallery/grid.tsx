import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageId } from '#core/ids.ts';
import { usePreferences } from '../../state/preferences.ts';
import type { ImageOrder } from '../../state/queries.ts';
import { keepExisting } from '../../state/selection.ts';
import { openImage, useView } from '../../state/view.ts';
import styles from './grid.module.css';
import { justify, rowAt, type Layout, type Rectangle } from './layout.ts';
import { Tile, tileElementId } from './tile.tsx';
import { useAnchoredScroll } from './use-anchored-scroll.ts';
import { useGridActions, zoomThumbnails } from './use-grid-actions.ts';
import { useGridPointer } from './use-rectangle.ts';

const padding = 8;
const gap = 4;

/** Below this height a tile has no room for the name of its class. */
const namedFrom = 88;

function useGridLayout({ ids, aspects }: ImageOrder, width: number) {
  const { thumbnailSize } = usePreferences();
  const caption = thumbnailSize >= namedFrom ? 20 : 6;
  const layout = useMemo(
    () =>
      justify(width > 0 ? aspects : [], {
        width: width - 2 * padding,
        rowHeight: thumbnailSize,
        gap,
        caption,
      }),
    [aspects, width, thumbnailSize, caption],
  );
  const indexOf = useMemo(() => new Map(ids.map((id, index) => [id, index])), [ids]);
  return { layout, indexOf, caption };
}

export interface GridProps {
  readonly order: ImageOrder;
  readonly onQuickLook: () => void;
}

/** The images as a grid of rows that fill the width. Only what is on screen is there. */
export function Grid({ order, onQuickLook }: GridProps): ReactNode {
  const { t } = useTranslation();
  const { ids } = order;
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: sized, width } = useElementSize<HTMLDivElement>();
  const ref = useMergedRef(scroller, sized);
  const { layout, indexOf, caption } = useGridLayout(order, width);
  const focused = useView((state) => state.focused);
  const pointer = useGridPointer(scroller, layout, ids);
  const onScroll = useAnchoredScroll(scroller, { ids, layout, indexOf });
  useGridActions({ ids, layout, indexOf, onQuickLook, pageRows: () => pageRows(scroller.current, layout) });
  useWheelZoom(scroller);
  useEffect(() => {
    useView.setState(({ selection }) => ({ selection: keepExisting(selection, ids) }));
  }, [ids]);
  return (
    <div
      ref={ref}
      className={styles.scroller}
      role="listbox"
      aria-multiselectable
      aria-label={t('app.view.gallery')}
      aria-activedescendant={focused === null ? undefined : tileElementId(focused)}
      tabIndex={0}
      onScroll={onScroll}
      onDoubleClick={() => focused !== null && openImage(focused)}
      onPointerDown={pointer.onPointerDown}
      onPointerMove={pointer.onPointerMove}
      onPointerUp={pointer.onPointerUp}
      onPointerCancel={pointer.onPointerCancel}
    >
      <Rows ids={ids} layout={layout} caption={caption} scroller={scroller} />
      {pointer.rectangle !== null && <SelectionRectangle area={pointer.rectangle} />}
    </div>
  );
}

function pageRows(element: HTMLElement | null, layout: Layout): number {
  if (element === null) return 1;
  const first = rowAt(layout, element.scrollTop);
  return Math.max(1, rowAt(layout, element.scrollTop + element.clientHeight) - first - 1);
}

interface RowsProps {
  readonly ids: readonly ImageId[];
  readonly layout: Layout;
  readonly caption: number;
  readonly scroller: React.RefObject<HTMLDivElement | null>;
}

function Rows({ ids, layout, caption, scroller }: RowsProps): ReactNode {
  // The window is not built with the React Compiler, which could not memoise this.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer({
    count: layout.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (layout.rows[index]?.height ?? 0) + gap,
    overscan: 3,
    paddingStart: padding,
    paddingEnd: padding,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, layout]);
  return (
    <div className={styles.content} style={{ height: layout.height + 2 * padding }}>
      {virtualizer.getVirtualItems().flatMap((item) => {
        const row = layout.rows[item.index];
        if (row === undefined) return [];
        return ids.slice(row.start, row.end).map((id, offset) => {
          const index = row.start + offset;
          return (
            <Tile
              key={id}
              id={id}
              left={(layout.lefts[index] ?? 0) + padding}
              top={row.top + padding}
              width={layout.widths[index] ?? 0}
              height={row.height}
              caption={caption}
              position={index}
              count={ids.length}
            />
          );
        });
      })}
    </div>
  );
}

function SelectionRectangle({ area }: { readonly area: Rectangle }): ReactNode {
  return (
    <div
      className={styles.rectangle}
      style={{
        left: area.left + padding,
        top: area.top + padding,
        width: area.right - area.left,
        height: area.bottom - area.top,
      }}
    />
  );
}

/** Ctrl and the wheel change the size of pictures. Not passive: the browser would zoom the page. */
function useWheelZoom(scroller: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = scroller.current;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomThumbnails(event.deltaY < 0 ? 1 : -1);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [scroller]);
}
