import { useActions, useClassKeys } from '../../state/actions.ts';
import type { ImageId } from '#core/ids.ts';
import { preferences, setPreferences } from '../../state/preferences.ts';
import { useCanEdit } from '../../state/queries.ts';
import type { SelectMode } from '../../state/selection.ts';
import { openImage, useView } from '../../state/view.ts';
import { acceptTargets, clearSelection, labelTargets, pick, selectAll, targets } from './grid-selection.ts';
import { neighbourTile, type Direction, type Layout } from './layout.ts';

const sizeLimits = { min: 48, max: 512, step: 1.18 };

/** Makes pictures larger (+1) or smaller (−1) by a step. */
export function zoomThumbnails(direction: number): void {
  const size = Math.round(preferences().thumbnailSize * sizeLimits.step ** direction);
  setPreferences({ thumbnailSize: Math.min(sizeLimits.max, Math.max(sizeLimits.min, size)) });
}

export interface GridActionsOptions {
  readonly ids: readonly ImageId[];
  readonly layout: Layout;
  readonly indexOf: ReadonlyMap<ImageId, number>;
  /** Rows that fit on the screen. */
  readonly pageRows: () => number;
  readonly onQuickLook: () => void;
}

/** Everything that keys and the palette can do in the grid. */
export function useGridActions({ ids, layout, indexOf, pageRows, onQuickLook }: GridActionsOptions): void {
  const canEdit = useCanEdit();
  const go =
    (to: Direction, mode: SelectMode = 'replace') =>
    (): void => {
      const { focused } = useView.getState();
      const from = focused === null ? undefined : indexOf.get(focused);
      const index = from === undefined ? 0 : neighbourTile(layout, from, { to, pageRows: pageRows() });
      const id = ids[index];
      if (id !== undefined) pick(id, mode, ids);
    };
  const hasTargets = (): boolean => targets().length > 0;
  const isFocused = (): boolean => useView.getState().focused !== null;
  useActions({
    'gallery.open': { run: () => withFocused(openImage), isEnabled: isFocused },
    'gallery.quickLook': { run: onQuickLook, isEnabled: isFocused },
    'gallery.toggle': { run: () => withFocused((id) => pick(id, 'toggle', ids)), isEnabled: isFocused },
    'gallery.selectAll': { run: () => selectAll(ids), isEnabled: () => ids.length > 0 },
    'gallery.clearSelection': {
      run: clearSelection,
      isEnabled: () => useView.getState().selection.ids.size > 0,
    },
    'gallery.left': go('left'),
    'gallery.right': go('right'),
    'gallery.up': go('up'),
    'gallery.down': go('down'),
    'gallery.extendLeft': go('left', 'range'),
    'gallery.extendRight': go('right', 'range'),
    'gallery.extendUp': go('up', 'range'),
    'gallery.extendDown': go('down', 'range'),
    'gallery.first': go('first'),
    'gallery.last': go('last'),
    'gallery.pageUp': go('pageUp'),
    'gallery.pageDown': go('pageDown'),
    'gallery.acceptPredictions': { run: acceptTargets, isEnabled: () => canEdit && hasTargets() },
    'gallery.unlabel': { run: () => labelTargets(null, ids), isEnabled: () => canEdit && hasTargets() },
    'gallery.larger': () => zoomThumbnails(1),
    'gallery.smaller': () => zoomThumbnails(-1),
  });
  useClassKeys((id) => {
    if (canEdit) labelTargets(id, ids);
  });
}

function withFocused(run: (id: ImageId) => void): void {
  const { focused } = useView.getState();
  if (focused !== null) run(focused);
}
