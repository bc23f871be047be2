import type { Random } from '#base/random.ts';

// A smooth random displacement field (Simard et al. 2003). Where they blur one random shift per pixel with a Gaussian,
// this interpolates the shifts of a coarse grid by cubic B-splines, which is as smooth and far cheaper. The splines
// average with positive weights, so no pixel moves further than a point of the grid; and as no point moves more than
// 0.4 of the distance between two, the field never folds (Choi & Lee 2000: below 0.48).

/** Spans of the grid along a side. */
const spans = 4;
/** Points along a side: cubic splines reach one further before and two after. */
const points = spans + 3;

/** Displacements of the points of the grid, row after row, as shares of the side. */
export interface Shifts {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Points that move in every direction alike, by at most `most` (a share of the side). */
export function drawShifts(most: number, random: Random): Shifts {
  const x = new Float64Array(points * points);
  const y = new Float64Array(points * points);
  for (let point = 0; point < x.length; point++) {
    const distance = most * Math.sqrt(random.next());
    const direction = 2 * Math.PI * random.next();
    x[point] = distance * Math.cos(direction);
    y[point] = distance * Math.sin(direction);
  }
  return { x, y };
}

/** The field over the pixels of square images of one size, row by row. */
export class ElasticField {
  readonly #size: number;
  /** First of the four points that move a pixel along a side, and their weights. */
  readonly #first: Int32Array;
  readonly #weights: Float64Array;
  readonly #columnX = new Float64Array(points);
  readonly #columnY = new Float64Array(points);
  /** The shifts of the row that was entered last, in pixels. */
  readonly x: Float64Array;
  readonly y: Float64Array;

  constructor(size: number) {
    this.#size = size;
    this.#first = new Int32Array(size);
    this.#weights = new Float64Array(size * 4);
    this.x = new Float64Array(size);
    this.y = new Float64Array(size);
    for (let pixel = 0; pixel < size; pixel++) {
      const place = ((pixel + 0.5) / size) * spans;
      this.#first[pixel] = Math.floor(place);
      this.#weights.set(splineWeights(place - Math.floor(place)), pixel * 4);
    }
  }

  /** Computes `x` and `y` for a row of pixels. */
  enterRow(shifts: Shifts, row: number): void {
    this.#blendColumns(shifts, row);
    const [first, weights, columnX, columnY] = [this.#first, this.#weights, this.#columnX, this.#columnY];
    // Written out: as a loop over the four this takes longer than all the rest of a variation.
    for (let pixel = 0; pixel < this.#size; pixel++) {
      const point = first[pixel] as number;
      const a = weights[pixel * 4] as number;
      const b = weights[pixel * 4 + 1] as number;
      const c = weights[pixel * 4 + 2] as number;
      const d = weights[pixel * 4 + 3] as number;
      this.x[pixel] =
        a * (columnX[point] as number) +
        b * (columnX[point + 1] as number) +
        c * (columnX[point + 2] as number) +
        d * (columnX[point + 3] as number);
      this.y[pixel] =
        a * (columnY[point] as number) +
        b * (columnY[point + 1] as number) +
        c * (columnY[point + 2] as number) +
        d * (columnY[point + 3] as number);
    }
  }

  /** Brings the four rows of points around a row of pixels together. */
  #blendColumns({ x, y }: Shifts, row: number): void {
    const first = this.#first[row] as number;
    for (let column = 0; column < points; column++) {
      let [sumX, sumY] = [0, 0];
      for (let i = 0; i < 4; i++) {
        const weight = (this.#weights[row * 4 + i] as number) * this.#size;
        sumX += weight * (x[(first + i) * points + column] as number);
        sumY += weight * (y[(first + i) * points + column] as number);
      }
      this.#columnX[column] = sumX;
      this.#columnY[column] = sumY;
    }
  }
}

/** Weights of the four nearest points at this share of a span; they sum to 1. */
function splineWeights(t: number): readonly number[] {
  const rest = 1 - t;
  return [
    rest ** 3 / 6,
    (3 * t ** 3 - 6 * t ** 2 + 4) / 6,
    (3 * rest ** 3 - 6 * rest ** 2 + 4) / 6,
    t ** 3 / 6,
  ];
}
