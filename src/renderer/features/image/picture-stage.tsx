import { Button } from '@mantine/core';
import IconPhotoOff from '@tabler/icons-react/dist/esm/icons/IconPhotoOff.mjs';
import { useLayoutEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageDetail } from '#contract/images.ts';
import { ImageCanvas } from '../../canvas/image-canvas.tsx';
import { imageSize } from '../../canvas/spaces.ts';
import { retryPicture, usePicture } from '../../canvas/use-picture.ts';
import type { ViewController } from '../../canvas/view-controller.ts';
import { pictureUrl } from '../../state/picture-url.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useViewerSettings } from './viewer-settings.ts';

export interface PictureStageProps {
  readonly image: ImageDetail;
  readonly controller: ViewController;
}

/** The open image on the canvas; its thumbnail until it is decoded; why it cannot be shown when it is broken. */
export function PictureStage({ image, controller }: PictureStageProps): ReactNode {
  const { t } = useTranslation();
  const { id, hash, width, height, path } = image;
  const { display } = useViewerSettings();
  const url = pictureUrl(id, 'full', hash);
  const full = usePicture(url);
  const small = usePicture(pictureUrl(id, 'thumbnail', hash));

  useLayoutEffect(() => {
    controller.open(imageSize(width, height), useViewerSettings.getState().isZoomKept);
  }, [controller, id, width, height]);

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
