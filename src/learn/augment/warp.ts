import { ElasticField } from './elastic.ts';
import type { Variation } from './variation.ts';

/** Places are counted in 1/65536 of a pixel. */
const one = 65536;

/** Where a pixel of the result comes from: x = xx·u + xy·v + x0 and likewise y, u and v counted from the corner. */
interface Affine {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
}

/**
 * Moves the pixels of square RGB images of one size: mirror, flip, turn, slant, window and local shifts in one
 * sampling pass. Bilinear with weights of 1/256; what lies outside is the image reflected at its edge.
 */
export class Warp {
  readonly #size: number;
  /** Source places of a row of the result, from `margin` before the image. */
  readonly #x: Int32Array;
  readonly #y: Int32Array;
  readonly #margin: number;
  /** Where a column and a row lie in the image, also those outside, from `margin` before it. */
  readonly #columns: Int32Array;
  readonly #rows: Int32Array;
  /** The image, a pixel in each number: red lowest. */
  readonly #packed: Int32Array;
  readonly #field: ElasticField;

  constructor(size: number) {
    this.#size = size;
    this.#packed = new Int32Array(size * size);
    this.#x = new Int32Array(size);
    this.#y = new Int32Array(size);
    // The farthest corner of the farthest window, turned, slanted and bent, lies less than 1 × the side outside.
    this.#margin = 2 * size;
    this.#columns = Int32Array.from({ length: 5 * size }, (_, i) => reflect(i - this.#margin, size));
    this.#rows = this.#columns.map((row) => row * size);
    this.#field = new ElasticField(size);
  }

  /** Writes the image `from` as varied into `into`, another array of size × size × 3 bytes. */
  apply(from: Uint8Array, into: Uint8Array, variation: Variation): void {
    const affine = affineOf(variation, this.#size);
    this.#pack(from);
    for (let row = 0; row < this.#size; row++) {
      this.#locateRow(affine, variation, row);
      this.#sampleRow(into, row * this.#size * 3);
    }
  }

  #locateRow(affine: Affine, { shifts }: Variation, row: number): void {
    const { xx, xy, x0, yx, yy, y0 } = affine;
    const [placesX, placesY, field] = [this.#x, this.#y, this.#field];
    if (shifts !== null) field.enterRow(shifts, row);
    const [startX, startY] = [xy * row + x0 + this.#margin, yy * row + y0 + this.#margin];
    for (let u = 0; u < this.#size; u++) {
      const shiftX = shifts === null ? 0 : (field.x[u] as number);
      const shiftY = shifts === null ? 0 : (field.y[u] as number);
      placesX[u] = (startX + xx * u + shiftX) * one + 0.5;
      placesY[u] = (startY + yx * u + shiftY) * one + 0.5;
    }
  }

  #sampleRow(into: Uint8Array, start: number): void {
    const [size, placesX, placesY, columns, rows] = [this.#size, this.#x, this.#y, this.#columns, this.#rows];
    const packed = this.#packed;
    for (let u = 0, at = start; u < size; u++, at += 3) {
      const x = placesX[u] as number;
      const y = placesY[u] as number;
      const left = columns[x >> 16] as number;
      const right = columns[(x >> 16) + 1] as number;
      const above = rows[y >> 16] as number;
      const below = rows[(y >> 16) + 1] as number;
      const across = (x >> 8) & 255;
      const down = (y >> 8) & 255;
      const lowerRight = (across * down) >> 8;
      const upperRight = across - lowerRight;
      const lowerLeft = down - lowerRight;
      const upperLeft = 256 - across - lowerLeft;
      const a = packed[above + left] as number;
      const b = packed[above + right] as number;
      const c = packed[below + left] as number;
      const d = packed[below + right] as number;
      // The weights sum to 256, so red and blue, 16 bits apart, are weighed in one product without meeting.
      const redBlue =
        Math.imul(a & 0xff00ff, upperLeft) +
        Math.imul(b & 0xff00ff, upperRight) +
        Math.imul(c & 0xff00ff, lowerLeft) +
        Math.imul(d & 0xff00ff, lowerRight) +
        0x800080;
      const green =
        Math.imul(a & 0xff00, upperLeft) +
        Math.imul(b & 0xff00, upperRight) +
        Math.imul(c & 0xff00, lowerLeft) +
        Math.imul(d & 0xff00, lowerRight) +
        0x8000;
      into[at] = redBlue >> 8;
      into[at + 1] = green >> 16;
      into[at + 2] = redBlue >> 24;
    }
  }

  /** Reads the image, in whose four neighbours of a place there are then four numbers to read, not twelve. */
  #pack(from: Uint8Array): void {
    const packed = this.#packed;
    for (let at = 0, pixel = 0; pixel < packed.length; pixel++, at += 3) {
      packed[pixel] =
        (from[at] as number) | ((from[at + 1] as number) << 8) | ((from[at + 2] as number) << 16);
    }
  }
}

/** The affine part as seen from the result: where each of its pixels comes from. */
function affineOf({ isMirrored, isFlipped, window, turn, slant }: Variation, size: number): Affine {
  const [cosine, sine, middle] = [Math.cos(turn), Math.sin(turn), (size - 1) / 2];
  const [alongX, alongY] = [isMirrored ? -window.side : window.side, isFlipped ? -window.side : window.side];
  const xx = alongX * (cosine - slant * sine);
  const xy = alongY * (sine + slant * cosine);
  const yx = alongX * -sine;
  const yy = alongY * cosine;
  // The middle of the result is the middle of the window, which lies this far from the middle of the image.
  const [right, below] = [window.left - (1 - window.side) / 2, window.top - (1 - window.side) / 2];
  return {
    ...{ xx, xy, yx, yy },
    x0: middle + right * size - (xx + xy) * middle,
    y0: middle + below * size - (yx + yy) * middle,
  };
}

/** The pixel that lies at a place outside: the edge is a mirror. */
function reflect(place: number, size: number): number {
  const phase = (((place % (2 * size)) + 2 * size) % (2 * size)) | 0;
  return phase < size ? phase : 2 * size - 1 - phase;
}
