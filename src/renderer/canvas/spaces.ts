import type { Brand } from '#base/brand.ts';

/** A length or coordinate in pixels of the image, in display orientation; the image's top-left corner is (0, 0). */
export type ImagePx = Brand<number, 'ImagePx'>;

/** A length or coordinate in CSS pixels of the stage; the stage's top-left corner is (0, 0). */
export type StagePx = Brand<number, 'StagePx'>;

/** A point on the image. Fractions lie inside a pixel: (0.5, 0.5) is the middle of the first one. */
export interface ImagePoint {
  readonly x: ImagePx;
  readonly y: ImagePx;
}

/** A point on the stage, or a distance between two of them. */
export interface StagePoint {
  readonly x: StagePx;
  readonly y: StagePx;
}

export interface ImageSize {
  readonly width: ImagePx;
  readonly height: ImagePx;
}

export interface StageSize {
  readonly width: StagePx;
  readonly height: StagePx;
}

/** Names the space of coordinates that come from outside: an event, a record. */
export function imagePoint(x: number, y: number): ImagePoint {
  return { x: x as ImagePx, y: y as ImagePx };
}

/** See `imagePoint`. */
export function stagePoint(x: number, y: number): StagePoint {
  return { x: x as StagePx, y: y as StagePx };
}

/** See `imagePoint`. */
export function imageSize(width: number, height: number): ImageSize {
  return { width: width as ImagePx, height: height as ImagePx };
}

/** See `imagePoint`. */
export function stageSize(width: number, height: number): StageSize {
  return { width: width as StagePx, height: height as StagePx };
}
