import { Button, Skeleton } from '@mantine/core';
import IconPhotoOff from '@tabler/icons-react/dist/esm/icons/IconPhotoOff.mjs';
import { useLayoutEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageDetail } from '#contract/images.ts';
import { asRecorded } from '../../canvas/display.ts';
import { ImageCanvas } from '../../canvas/image-canvas.tsx';
import { imageSize } from '../../canvas/spaces.ts';
import { retryPicture, usePicture } from '../../canvas/use-picture.ts';
import { ViewController } from '../../canvas/view-controller.ts';
import { pictureUrl } from '../../state/picture-url.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import styles from './review.module.css';

/** The suspect, large; it can be zoomed and moved like in the image view. */
export function SuspectPicture({ image }: { readonly image: ImageDetail | undefined }): ReactNode {
  const [controller] = useState(() => new ViewController());
  return (
    <div className={styles.picture}>
      {image === undefined ? (
        <Skeleton className={styles.pictureSkeleton} />
      ) : (
        <Picture image={image} controller={controller} />
      )}
    </div>
  );
}

interface PictureProps {
  readonly image: ImageDetail;
  readonly controller: ViewController;
}

function Picture({ image, controller }: PictureProps): ReactNode {
  const { t } = useTranslation();
  const { id, width, height, hash, path } = image;
  const url = pictureUrl(id, 'full', hash);
  const full = usePicture(url);
  const small = usePicture(pictureUrl(id, 'thumbnail', hash));

  useLayoutEffect(() => controller.open(imageSize(width, height), false), [controller, id, width, height]);

  if (full.kind === 'failed') {
    return (
      <EmptyState
        icon={<IconPhotoOff size={28} stroke={1.5} />}
        title={t('review.brokenPicture')}
        action={
          <Button variant="default" onClick={() => retryPicture(url)}>
            {t('common.retry')}
          </Button>
        }
      >
        {path}
      </EmptyState>
    );
  }
  const shown = full.kind === 'ready' ? full : small;
  return (
    <ImageCanvas
      picture={shown.kind === 'ready' ? shown.picture : null}
      width={width}
      height={height}
      display={asRecorded}
      controller={controller}
      label={t('image.canvas', { path })}
    />
  );
}
