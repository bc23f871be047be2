import { create } from 'zustand';
import { asRecorded, type Display } from '../../canvas/display.ts';

/** How images are shown, for this sitting. */
interface ViewerSettings {
  readonly display: Display;
  /** The next image is shown at the same zoom and place. */
  readonly isZoomKept: boolean;
}

export const useViewerSettings = create<ViewerSettings>(() => ({ display: asRecorded, isZoomKept: false }));

/** Changes brightness or contrast. */
export function setDisplay(change: Partial<Display>): void {
  useViewerSettings.setState(({ display }) => ({ display: { ...display, ...change } }));
}

/** Shows images as they were recorded. */
export function resetDisplay(): void {
  useViewerSettings.setState({ display: asRecorded });
}

/** Keeps the zoom on the next image, or fits each one. */
export function toggleZoomKept(): void {
  useViewerSettings.setState(({ isZoomKept }) => ({ isZoomKept: !isZoomKept }));
}
