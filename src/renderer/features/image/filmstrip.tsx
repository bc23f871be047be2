import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageDetail } from '#contract/images.ts';
import type { ClassId, ImageId } from '#core/ids.ts';
import { useDetail } from '../../state/details.ts';
import { pictureUrl } from '../../state/picture-url.ts';
import { useClassMap } from '../../state/queries.ts';
import { openImage } from '../../state/view.ts';
import styles from './filmstrip.module.css';

/** Width of a picture with the gap after it, in pixels. */
const stepPx = 68;

export interface FilmstripProps {
  readonly ids: readonly ImageId[];
  readonly open: ImageId;
  readonly at: number;
}

/** The gallery's images in a row, the open one in the middle. */
export function Filmstrip({ ids, open, at }: FilmstripProps): ReactNode {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- read in this render only, never memoised
  const strip = useVirtualizer({
    horizontal: true,
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => stepPx,
    overscan: 6,
  });
  useEffect(() => {
    if (at >= 0) strip.scrollToIndex(at, { align: 'center' });
  }, [strip, at]);
  return (
    <div ref={scroller} className={styles.scroller} role="group" aria-label={t('image.filmstrip')}>
      <div className={styles.strip} style={{ width: strip.getTotalSize() }}>
        {strip.getVirtualItems().map(({ index, start }) => {
          const id = ids[index];
          return id === undefined ? null : <Frame key={id} id={id} left={start} isOpen={id === open} />;
        })}
      </div>
    </div>
  );
}

interface FrameProps {
  readonly id: ImageId;
  readonly left: number;
  readonly isOpen: boolean;
}

function Frame({ id, left, isOpen }: FrameProps): ReactNode {
  const { data: image } = useDetail(id);
  const classes = useClassMap();
  const shown = image === undefined ? null : shownClass(image);
  const colour = shown === null ? undefined : classes.get(shown.class);
  return (
    <button
      type="button"
      className={styles.frame}
      style={{ transform: `translateX(${left}px)` }}
      tabIndex={isOpen ? 0 : -1}
      aria-label={[image?.path, colour?.name].filter(Boolean).join(', ')}
      aria-current={isOpen || undefined}
      onClick={() => openImage(id)}
    >
      {image !== undefined && (
        <img
          className={styles.picture}
          src={pictureUrl(id, 'thumbnail', image.hash)}
          alt=""
          draggable={false}
        />
      )}
      {colour !== undefined && (
        <span className={styles.line} data-predicted={shown?.isPredicted} style={{ color: colour.colour }} />
      )}
    </button>
  );
}

/** The class that a picture's line shows: the label, or else the prediction. */
function shownClass({
  given,
  prediction,
}: ImageDetail): { class: ClassId; isPredicted: true | undefined } | null {
  if (given !== null) return { class: given.class, isPredicted: undefined };
  return prediction === null ? null : { class: prediction.class, isPredicted: true };
}
