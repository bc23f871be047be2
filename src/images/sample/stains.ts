/**
 * How strongly something absorbs red, green and blue light (natural absorbance). Stains on a smear lie on each other
 * like filters, so absorbances add and light is multiplied (Beer–Lambert).
 */
export type Stain = readonly [red: number, green: number, blue: number];

// By eye, after May–Grünwald–Giemsa stained blood.
export const plasma: Stain = [0.02, 0.05, 0.035];
export const redCell: Stain = [0.11, 0.36, 0.33];
export const chromatin: Stain = [0.86, 1.42, 0.5];
export const pinkCytoplasm: Stain = [0.12, 0.27, 0.13];
export const blueCytoplasm: Stain = [0.44, 0.34, 0.1];
export const greyCytoplasm: Stain = [0.33, 0.37, 0.17];
export const fineGranule: Stain = [0.14, 0.3, 0.1];
export const orangeGranule: Stain = [0.03, 0.43, 0.66];
export const violetGranule: Stain = [1.02, 1.4, 0.52];
export const plateletBody: Stain = [0.3, 0.42, 0.14];
export const plateletCore: Stain = [0.5, 0.78, 0.22];

/** The picture being painted: absorbance of each pixel in red, green and blue, row after row. */
export interface Film {
  readonly sizePx: number;
  readonly absorbance: Float32Array;
}

/** Puts a stain on the pixel whose first channel is at `offset`. */
export type Dab = (offset: number, stain: Stain, amount: number) => void;

/** A brush for one film. */
export function dabOn({ absorbance }: Film): Dab {
  return (offset, [red, green, blue], amount) => {
    absorbance[offset] = (absorbance[offset] ?? 0) + amount * red;
    absorbance[offset + 1] = (absorbance[offset + 1] ?? 0) + amount * green;
    absorbance[offset + 2] = (absorbance[offset + 2] ?? 0) + amount * blue;
  };
}

/** Visits every pixel with its offset in the film and its place in the picture, −1 to 1. */
export function eachPixel(film: Film, visit: (offset: number, x: number, y: number) => void): void {
  const { sizePx } = film;
  for (let row = 0; row < sizePx; row++) {
    for (let column = 0; column < sizePx; column++) {
      const x = (2 * column + 1) / sizePx - 1;
      const y = (2 * row + 1) / sizePx - 1;
      visit(3 * (row * sizePx + column), x, y);
    }
  }
}
