import type { Random } from '#base/random.ts';
import type { AugmentSettings } from './augment-settings.ts';
import { drawShifts, type Shifts } from './elastic.ts';

/** What is done to one image. */
export interface Variation {
  readonly isMirrored: boolean;
  readonly isFlipped: boolean;
  /** The window that is kept: its side and the distances from the left and the top, as shares of the side. */
  readonly window: { readonly side: number; readonly left: number; readonly top: number };
  /** Clockwise, in radians. */
  readonly turn: number;
  /** Sideways shift per pixel of height. */
  readonly slant: number;
  /** Factors. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  /** Along the principal axes of the colours, in standard deviations. */
  readonly colour: readonly [number, number, number];
  /** Null where nothing is bent. */
  readonly shifts: Shifts | null;
}

/**
 * Draws what is done to one image. Every part takes its random numbers whether it is on or not: changing one setting
 * changes that part of a picture and nothing else, and a stronger setting is more of the same.
 */
export function drawVariation(settings: AugmentSettings, random: Random): Variation {
  const either = (most: number): number => most * (2 * random.next() - 1);
  const isMirrored = random.next() < 0.5 && settings.mirror;
  const isFlipped = random.next() < 0.5 && settings.flip;
  const cut = settings.crop * random.next();
  const window = { side: 1 - cut, left: cut * random.next(), top: cut * random.next() };
  const turn = (either(settings.rotation) * Math.PI) / 180;
  const slant = Math.tan((either(settings.shear) * Math.PI) / 180);
  const brightness = 1 + either(settings.brightness);
  const contrast = 1 + either(settings.contrast);
  const saturation = 1 + either(settings.saturation);
  const spread = (): number => settings.pcaColour * random.normal();
  const colour = [spread(), spread(), spread()] as const;
  const shifts = settings.elastic === 0 ? null : drawShifts(settings.elastic, random);
  return {
    ...{ isMirrored, isFlipped, window, turn, slant },
    ...{ brightness, contrast, saturation, colour, shifts },
  };
}
