import type { AugmenterOptions } from '#learn/augment/augmenter.ts';
import type { CellPicture } from './sample/cell-picture.ts';

/** How an image is brought into a square: squeezed as a whole, or its centre cropped. */
export type Fit = 'squash' | 'crop';

/** A variant of pixels as a `pixels` task gives them. */
export interface VaryTask extends AugmenterOptions {
  readonly pixels: Uint8Array;
  readonly seed: number;
}

/** What the image processes can be asked to do with one file. Paths are absolute. */
export type ImageTask =
  | { readonly kind: 'import'; readonly path: string }
  | { readonly kind: 'render'; readonly path: string }
  | { readonly kind: 'pixels'; readonly path: string; readonly size: number; readonly fit: Fit }
  | ({ readonly kind: 'vary'; readonly path: string } & VaryTask)
  | { readonly kind: 'draw'; readonly path: string; readonly picture: CellPicture };

/** What is recorded when an image is added; the file was read and decoded once. */
export interface ImportedImage {
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly hash: string;
  readonly bytes: number;
  /** Size in pixels in display orientation. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1–8. */
  readonly orientation: number;
  readonly format: string;
  /** WebP, longest side at most `thumbnailPx`, upright, 8-bit sRGB without alpha. */
  readonly thumbnail: Uint8Array;
}

/** An image in a form that every browser shows. */
export interface Rendition {
  readonly mediaType: string;
  readonly data: Uint8Array;
}

/** The outcome of each kind of task. */
export interface ImageOutcomes {
  readonly import: ImportedImage;
  readonly render: Rendition;
  /** Square RGB, 8 bits a channel, row after row: size × size × 3 bytes. */
  readonly pixels: Uint8Array;
  readonly vary: Rendition;
  /** Bytes written. */
  readonly draw: number;
}
export type ImageOutcome = ImageOutcomes[ImageTask['kind']];
