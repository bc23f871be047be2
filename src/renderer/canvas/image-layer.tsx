import type { Context } from 'konva/lib/Context';
import type { Layer as KonvaLayer } from 'konva/lib/Layer';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { Image as KonvaImage, Layer } from 'react-konva';
import { displayFilter, type Display } from './display.ts';
import type { Picture } from './picture.ts';
import type { ImageSize } from './spaces.ts';
import { useFullBitmap } from './use-full-bitmap.ts';
import type { ViewController } from './view-controller.ts';
import { isPixelated, zoomOf } from './view.ts';

export interface ImageLayerProps {
  readonly picture: Picture;
  /** Size of the full image; a thumbnail or a reduced picture is stretched to it. */
  readonly size: ImageSize;
  readonly display: Display;
  readonly controller: ViewController;
  readonly pixelRatio: number;
}

/** The image on a canvas of its own, so that brightness and contrast can be left to the compositor. */
export function ImageLayer({ picture, size, display, controller, pixelRatio }: ImageLayerProps) {
  const layer = useRef<KonvaLayer>(null);
  const view = useSyncExternalStore(controller.onChange, controller.view);
  const scene = controller.scene();
  const isSmooth = !isPixelated(view, scene);
  const bitmap = useFullBitmap(picture, zoomOf(view, scene) * size.width > picture.bitmap.width);

  useEffect(() => {
    if (layer.current !== null) layer.current.getNativeCanvasElement().style.filter = displayFilter(display);
  }, [display]);

  useEffect(() => {
    layer.current?.getCanvas().setPixelRatio(pixelRatio);
    layer.current?.batchDraw();
  }, [pixelRatio]);

  const draw = (context: Context) => {
    context.setAttr('imageSmoothingQuality', 'high');
    context.drawImage(bitmap, 0, 0, size.width, size.height);
  };
  return (
    <Layer
      ref={layer}
      listening={false}
      imageSmoothingEnabled={isSmooth}
      x={view.origin.x}
      y={view.origin.y}
      scaleX={view.scale}
      scaleY={view.scale}
    >
      <KonvaImage image={bitmap} width={size.width} height={size.height} sceneFunc={draw} />
    </Layer>
  );
}
