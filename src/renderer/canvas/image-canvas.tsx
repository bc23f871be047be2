import { useEffect, useLayoutEffect, useRef } from 'react';
import { Stage } from 'react-konva';
import type { Display } from './display.ts';
import { attachGestures } from './gestures.ts';
import styles from './image-canvas.module.css';
import { ImageLayer } from './image-layer.tsx';
import type { Picture } from './picture.ts';
import { imageSize } from './spaces.ts';
import { usePixelRatio } from './use-pixel-ratio.ts';
import { useStageSize } from './use-stage-size.ts';
import type { ViewController } from './view-controller.ts';

export interface ImageCanvasProps {
  /** What to draw: the image, or its thumbnail until the image is decoded; null draws nothing. */
  readonly picture: Picture | null;
  /** Size of the full image in pixels, in display orientation. */
  readonly width: number;
  readonly height: number;
  readonly display: Display;
  readonly controller: ViewController;
  /** What the image is, for people who cannot see it. */
  readonly label: string;
}

/** Shows one image that can be zoomed and moved; `controller` decides what of it is seen. */
export function ImageCanvas({ picture, width, height, display, controller, label }: ImageCanvasProps) {
  const frame = useRef<HTMLDivElement>(null);
  const stage = useStageSize(frame);
  const pixelRatio = usePixelRatio();

  useLayoutEffect(() => {
    if (stage !== null) controller.layOut({ stage, pixelRatio });
  }, [controller, stage, pixelRatio]);

  useEffect(
    () => (frame.current === null ? undefined : attachGestures(frame.current, controller)),
    [controller],
  );

  return (
    <div ref={frame} className={styles.frame} role="img" aria-label={label}>
      {stage !== null && (
        <Stage width={stage.width} height={stage.height}>
          {picture !== null && (
            <ImageLayer
              picture={picture}
              size={imageSize(width, height)}
              display={display}
              controller={controller}
              pixelRatio={pixelRatio}
            />
          )}
        </Stage>
      )}
    </div>
  );
}
