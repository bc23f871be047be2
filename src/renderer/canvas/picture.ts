/** Pixels that are decoded and ready to be drawn without a pause. */
export interface Picture {
  readonly url: string;
  readonly bitmap: ImageBitmap;
  /** The image has more pixels than the bitmap: enough for a screen, too few to zoom into. */
  readonly isReduced: boolean;
}

/** What the decoding worker is asked. */
export interface DecodeRequest {
  readonly id: number;
  readonly url: string;
  /** Longest side of the bitmap in pixels; null for every pixel there is. */
  readonly mostPx: number | null;
}

/** What it answers; without a picture when the file is gone or no image. */
export interface DecodeAnswer {
  readonly id: number;
  readonly picture: Picture | null;
}
