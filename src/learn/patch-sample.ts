import type { Random } from '#base/random.ts';
import type { Matrix } from './algebra.ts';

/** Square images: `count` of size × size × 3 bytes, row-major RGB. */
export interface SquareImages {
  readonly pixels: Uint8Array;
  readonly count: number;
  readonly size: number;
}

export interface PatchOptions {
  readonly count: number;
  /** Side of a patch, after shrinking. */
  readonly side: number;
  /** Images are first shrunk by this factor, by averaging blocks of pixels. */
  readonly shrink: number;
  /** Standard deviation in grey levels that a flat patch is taken to have, so that noise is not blown up. */
  readonly contrastFloor: number;
  readonly random: Random;
}

/**
 * Patches from random places, every second one (by chance) in the mirror, each moved to mean 0 and divided by its
 * contrast √(variance + floor²). Columns: channel, row, column.
 */
export function samplePatches(images: SquareImages, options: PatchOptions): Matrix<Float32Array> {
  const { count, side, shrink, random } = options;
  const places = Math.floor(images.size / shrink) - side + 1;
  const cols = 3 * side * side;
  const data = new Float32Array(count * cols);
  for (let i = 0; i < count; i++) {
    const patch = data.subarray(i * cols, (i + 1) * cols);
    const image = random.int(images.count);
    const place = { row: random.int(places), col: random.int(places), isMirrored: random.int(2) === 1 };
    readPatch(patch, images, { ...options, ...place, image });
    normaliseContrast(patch, options.contrastFloor);
  }
  return { data, rows: count, cols };
}

interface Place {
  readonly image: number;
  readonly row: number;
  readonly col: number;
  readonly isMirrored: boolean;
  readonly side: number;
  readonly shrink: number;
}

function readPatch(target: Float32Array, { pixels, size }: SquareImages, place: Place): void {
  const { image, side, shrink } = place;
  const start = image * size * size * 3;
  let at = 0;
  for (let channel = 0; channel < 3; channel++) {
    for (let row = 0; row < side; row++) {
      for (let step = 0; step < side; step++, at++) {
        const col = place.isMirrored ? side - 1 - step : step;
        const corner = ((place.row + row) * size + place.col + col) * shrink;
        target[at] = blockMean(pixels, { corner: start + corner * 3 + channel, size, shrink });
      }
    }
  }
}

function blockMean(pixels: Uint8Array, block: { corner: number; size: number; shrink: number }): number {
  const { corner, size, shrink } = block;
  let sum = 0;
  for (let row = 0; row < shrink; row++) {
    for (let col = 0; col < shrink; col++) sum += pixels[corner + (row * size + col) * 3] as number;
  }
  return sum / (shrink * shrink);
}

function normaliseContrast(patch: Float32Array, floor: number): void {
  const mean = patch.reduce((sum, value) => sum + value, 0) / patch.length;
  const variance = patch.reduce((sum, value) => sum + (value - mean) ** 2, 0) / patch.length;
  const contrast = Math.sqrt(variance + floor * floor);
  for (const [i, value] of patch.entries()) patch[i] = (value - mean) / contrast;
}
