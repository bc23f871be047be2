import type { ImageDetail } from '#contract/images.ts';
import type { ClassId } from '#core/ids.ts';
import type { ViewController } from '../../canvas/view-controller.ts';
import { useActions, useClassKeys } from '../../state/actions.ts';
import { acceptPredictions, labelImages } from '../../state/label.ts';
import { preferences, setPreferences } from '../../state/preferences.ts';
import { useCanEdit } from '../../state/queries.ts';
import { attempt } from '../../state/toast.tsx';
import { closeImage } from '../../state/view.ts';
import type { Steps } from './use-steps.ts';
import { resetDisplay, toggleZoomKept } from './viewer-settings.ts';

export interface ImageActionsOptions {
  /** The open image, once it is known. */
  readonly image: ImageDetail | undefined;
  readonly steps: Steps;
  readonly controller: ViewController;
}

/** Zoom per press of a key. */
const zoomStep = 1.25;

/** What keys, buttons and the palette can do with the open image. */
export function useImageActions({ image, steps, controller }: ImageActionsOptions): void {
  const canEdit = useCanEdit();

  const done = (work: Promise<void>): void => {
    attempt(work);
    if (preferences().autoAdvance) steps.go(1);
  };
  const label = (to: ClassId): void => {
    if (image !== undefined && canEdit) done(labelImages([image.id], to));
  };
  useClassKeys(label);
  useActions({
    'image.next': () => steps.go(1),
    'image.previous': () => steps.go(-1),
    'image.accept': {
      run: () => image !== undefined && done(acceptPredictions([image.id])),
      isEnabled: () => canEdit && image !== undefined && image.prediction !== null,
    },
    'image.unlabel': {
      run: () => image !== undefined && attempt(labelImages([image.id], null)),
      isEnabled: () => canEdit && image !== undefined && image.given !== null,
    },
    'image.fit': () => controller.fit(),
    'image.actualSize': () => controller.actualSize(),
    'image.zoomIn': () => controller.zoom(zoomStep),
    'image.zoomOut': () => controller.zoom(1 / zoomStep),
    'image.keepZoom': toggleZoomKept,
    'image.autoAdvance': () => setPreferences({ autoAdvance: !preferences().autoAdvance }),
    'image.resetDisplay': resetDisplay,
    'image.back': closeImage,
  });
}
