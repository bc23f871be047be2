import type { Augmentation } from '#contract/training.ts';
import { variesAnything } from '#learn/augment/augment-settings.ts';
import { colourAxes, type ColourAxes } from '#learn/augment/colour-axes.ts';
import { PixelFile } from '../tune/pixel-file.ts';
import { AugmentThreads } from './augment-threads.ts';

/** Images that the colours of a project are measured on. */
const measured = 128;

export interface ImagesOptions {
  readonly path: string;
  /** Side of an image. */
  readonly size: number;
  readonly augmentation: Augmentation;
  /** Positions of the images that are trained on. */
  readonly train: Int32Array;
  readonly seed: number;
}

/** Where the images that are trained on come from. */
export interface Images {
  /** Reads images by their positions, one after another, into `into`; `first` images of the run came before them. */
  read(positions: Int32Array, into: Uint8Array, first: number): Promise<void>;
  close(): Promise<void>;
}

/** Images to train on: varied in threads, or as they are stored where nothing is to be varied. */
export async function openImages(options: ImagesOptions): Promise<Images> {
  const { path, size, augmentation: settings, seed } = options;
  if (!variesAnything(settings)) return PixelFile.open(path, size);
  const axes = settings.pcaColour > 0 ? await measureColours(options) : new Float64Array(9);
  return new AugmentThreads({ path, size, settings, seed, axes });
}

/** The same images each time, so that a resumed run finds the same axes. */
async function measureColours({ path, size, train }: ImagesOptions): Promise<ColourAxes> {
  const count = Math.min(measured, train.length);
  const some = Int32Array.from(
    { length: count },
    (_, i) => train[Math.floor((i * train.length) / count)] as number,
  );
  const pixels = new Uint8Array(count * size ** 2 * 3);
  const file = await PixelFile.open(path, size);
  await file.read(some, pixels);
  await file.close();
  return colourAxes(pixels);
}
