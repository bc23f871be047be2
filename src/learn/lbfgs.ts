/** Applies an approximate inverse of the Hessian: the better it is, the fewer steps are needed. */
export type Preconditioner = (gradient: Float64Array) => Float64Array;

export interface LbfgsOptions {
  readonly start: Float64Array;
  readonly preconditioner: Preconditioner;
  /** Done when the step promises to lower the value by less than this share of it. */
  readonly tolerance: number;
  /** Steps remembered. */
  readonly memory?: number;
  readonly maxEvaluations?: number;
}

interface Step {
  readonly move: Float64Array;
  readonly change: Float64Array;
  readonly inverse: number;
}

// Values come from single precision sums: smaller rises are noise.
const noise = 1e-7;

/**
 * Limited-memory BFGS (Nocedal and Wright, algorithm 7.4) for smooth convex functions, turned inside out: the caller
 * evaluates `point` and tells what it found, so many problems can share one pass over the data.
 */
export class Lbfgs {
  /** Where to evaluate next; the minimum when done. */
  point: Float64Array;
  isDone = false;
  readonly #options: Required<LbfgsOptions>;
  readonly #steps: Step[] = [];
  #accepted: { readonly at: Float64Array; readonly value: number; readonly gradient: Float64Array } | null =
    null;
  #direction: Float64Array = new Float64Array(0);
  #slope = 0;
  #length = 1;
  #evaluations = 0;

  constructor(options: LbfgsOptions) {
    this.#options = { memory: 10, maxEvaluations: 200, ...options };
    this.point = options.start;
  }

  /** The value and the gradient at `point`; moves `point` on. */
  tell(value: number, gradient: Float64Array): void {
    const last = this.#accepted;
    this.#evaluations++;
    if (last !== null && !this.#isLower(value, last.value)) {
      this.#shorten(value, last);
      return;
    }
    if (last !== null) this.#remember(last, gradient);
    this.#accepted = { at: this.point, value, gradient };
    this.#head(value, gradient);
  }

  #isLower(value: number, before: number): boolean {
    return value <= before + 1e-4 * this.#length * this.#slope + noise * Math.abs(before);
  }

  /** Backtracks to the minimum of the parabola through what is known, at most to a tenth. */
  #shorten(value: number, last: { readonly at: Float64Array; readonly value: number }): void {
    const bend = value - last.value - this.#length * this.#slope;
    const wanted = (-this.#slope * this.#length * this.#length) / (2 * bend);
    this.#length = Number.isFinite(wanted)
      ? Math.min(this.#length / 2, Math.max(this.#length / 10, wanted))
      : this.#length / 10;
    if (this.#length < 1e-8 || this.#evaluations >= this.#options.maxEvaluations) this.#finish(last.at);
    else this.point = moved(last.at, this.#direction, this.#length);
  }

  #remember(
    last: { readonly at: Float64Array; readonly gradient: Float64Array },
    gradient: Float64Array,
  ): void {
    const move = moved(this.point, last.at, -1);
    const change = moved(gradient, last.gradient, -1);
    const curvature = dot(move, change);
    if (curvature <= 1e-12 * dot(move, move)) return;
    this.#steps.push({ move, change, inverse: 1 / curvature });
    if (this.#steps.length > this.#options.memory) this.#steps.shift();
  }

  #head(value: number, gradient: Float64Array): void {
    this.#direction = this.#twoLoops(gradient);
    this.#slope = dot(gradient, this.#direction);
    this.#length = 1;
    const promised = -this.#slope / 2;
    const isFlat = promised <= this.#options.tolerance * Math.abs(value);
    if (isFlat || this.#evaluations >= this.#options.maxEvaluations) this.#finish(this.point);
    else this.point = moved(this.point, this.#direction, 1);
  }

  /** Minus the approximate inverse Hessian times the gradient. */
  #twoLoops(gradient: Float64Array): Float64Array {
    const rest = gradient.slice();
    const shares = this.#steps.map(() => 0);
    for (let i = this.#steps.length - 1; i >= 0; i--) {
      const step = this.#steps[i] as Step;
      shares[i] = step.inverse * dot(step.move, rest);
      add(rest, step.change, -(shares[i] as number));
    }
    const direction = this.#scaled(this.#options.preconditioner(rest));
    for (const [i, step] of this.#steps.entries()) {
      add(direction, step.move, (shares[i] as number) - step.inverse * dot(step.change, direction));
    }
    return direction.map((value) => -value);
  }

  /** Corrects the size of the preconditioner by the curvature last seen. */
  #scaled(direction: Float64Array): Float64Array {
    const newest = this.#steps.at(-1);
    if (newest === undefined) return direction;
    const scale = 1 / newest.inverse / dot(newest.change, this.#options.preconditioner(newest.change));
    return direction.map((value) => value * scale);
  }

  #finish(point: Float64Array): void {
    this.point = point;
    this.isDone = true;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function add(target: Float64Array, other: Float64Array, scale: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) + scale * (other[i] as number);
}

function moved(from: Float64Array, direction: Float64Array, scale: number): Float64Array {
  const result = from.slice();
  add(result, direction, scale);
  return result;
}
