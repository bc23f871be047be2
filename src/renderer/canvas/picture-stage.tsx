import { Button } from '@mantine/core';
import IconPhotoOff from '@tabler/icons-react/dist/esm/icons/IconPhotoOff.mjs';
import { useEffectEvent, useLayoutEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageDetail } from '#contract/images.ts';
import { pictureUrl } from '../state/picture-url.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { asRecorded, type Display } from './display.ts';
import { ImageCanvas } from './image-canvas.tsx';
import { imageSize } from './spaces.ts';
import { retryPicture, usePicture } from './use-picture.ts';
import type { ViewController } from './view-controller.ts';

export interface PictureStageProps {
  readonly image: ImageDetail;
  readonly controller: ViewController;
  readonly display?: Display;
  /** Another image is shown at the zoom and place of the one before, not fitted. */
  readonly isZoomKept?: boolean;
}

/** An image on the canvas; its thumbnail until it is decoded; why it cannot be shown when it is broken. */
export function PictureStage(props: PictureStageProps): ReactNode {
  const { image, controller, display = asRecorded, isZoomKept = false } = props;
  const { t } = useTranslation();
  const { id, hash, width, height, path } = image;
  const url = pictureUrl(id, 'full', hash);
  const full = usePicture(url);
  const small = usePicture(pictureUrl(id, 'thumbnail', hash));

  const open = useEffectEvent(() => controller.open(imageSize(width, height), isZoomKept));
  useLayoutEffect(() => open(), [controller, id, width, height]);

  if (full.kind === 'failed') {
    return (
      <EmptyState
        icon={<IconPhotoOff size={28} stroke={1.5} />}
        title={t('image.broken')}
        action={
          <Button variant="default" onClick={() => retryPicture(url)}>
            {t('common.retry')}
          </Button>
        }
      >
        {t('image.brokenHint', { path })}
      </EmptyState>
    );
  }
  const shown = full.kind === 'ready' ? full : small;
  return (
    <ImageCanvas
      picture={shown.kind === 'ready' ? shown.picture : null}
      width={width}
      height={height}
      display={display}
      controller={controller}
      label={t('image.canvas', { path })}
    />
  );
}
