import type { Random } from '#base/random.ts';
import { type AugmentSettings, changesColours, movesPixels } from './augment-settings.ts';
import type { ColourAxes } from './colour-axes.ts';
import { shiftColours } from './colour-shift.ts';
import { drawVariation } from './variation.ts';
import { Warp } from './warp.ts';

export interface AugmenterOptions {
  readonly settings: AugmentSettings;
  /** Side of the images. */
  readonly size: number;
  readonly axes: ColourAxes;
}

/** Varies square RGB images of one size, 8 bits a channel; with everything off they stay the very same bytes. */
export class Augmenter {
  readonly #options: AugmenterOptions;
  readonly #warp: Warp;

  constructor(options: AugmenterOptions) {
    this.#options = options;
    this.#warp = new Warp(options.size);
  }

  /** Writes a variant of the image `from` into `into`, another array of size × size × 3 bytes. */
  vary(from: Uint8Array, into: Uint8Array, random: Random): void {
    const { settings, axes } = this.#options;
    const variation = drawVariation(settings, random);
    if (movesPixels(settings)) this.#warp.apply(from, into, variation);
    else into.set(from);
    if (changesColours(settings)) shiftColours(into, variation, axes);
  }
}
