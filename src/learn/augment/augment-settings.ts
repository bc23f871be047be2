/** How far images are varied; 0 and false leave them as they are. Shares are of the side, or of the value itself. */
export interface AugmentSettings {
  /** Left and right exchanged, half of the time. */
  readonly mirror: boolean;
  /** Up and down exchanged, half of the time. */
  readonly flip: boolean;
  /** Largest share of the side that is cut away, 0–0.5. */
  readonly crop: number;
  /** Largest turn either way, in degrees. */
  readonly rotation: number;
  /** Largest slant either way, in degrees, 0–30. */
  readonly shear: number;
  /** Largest local shift as a share of the side, 0–0.1. */
  readonly elastic: number;
  /** Largest change either way, as a share. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  /** Standard deviation of the shift along each principal axis of the colours, in those of the colours. */
  readonly pcaColour: number;
}

/** Whether anything is varied at all. */
export function variesAnything(settings: AugmentSettings): boolean {
  return movesPixels(settings) || changesColours(settings);
}

export function movesPixels({ mirror, flip, crop, rotation, shear, elastic }: AugmentSettings): boolean {
  return mirror || flip || crop > 0 || rotation > 0 || shear > 0 || elastic > 0;
}

export function changesColours({ brightness, contrast, saturation, pcaColour }: AugmentSettings): boolean {
  return brightness > 0 || contrast > 0 || saturation > 0 || pcaColour > 0;
}
