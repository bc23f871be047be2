import { seededRandom } from '#base/random.ts';
import { drawEpoch, epochLength } from '#learn/sampling/draw-epoch.ts';
import { hardWeights } from '#learn/sampling/epoch-weights.ts';

export interface EpochsOptions {
  /** Positions that are trained on, and the class of each; −1 = unknown. */
  readonly units: Int32Array;
  readonly labels: Int32Array;
  /** How often each is to be in an epoch; null: by how much the network got it wrong, and once before that is known. */
  readonly weights: Float64Array | null;
  readonly seed: number;
}

/** Deals the units that are trained on into epochs, which are equally long and drawn anew each. */
export class Epochs {
  readonly #options: EpochsOptions;
  /** Whether it asks for losses. */
  readonly followsLosses: boolean;
  /** Units in an epoch. */
  readonly length: number;
  #losses: Float32Array | null = null;
  #weights: Float64Array;
  #drawn: { readonly epoch: number; readonly order: Int32Array } | null = null;

  constructor(options: EpochsOptions) {
    this.#options = options;
    this.#weights = options.weights ?? new Float64Array(options.units.length).fill(1);
    this.followsLosses = options.weights === null;
    this.length = epochLength(this.#weights);
  }

  /** What was told last; null before. */
  get losses(): Float32Array | null {
    return this.#losses;
  }

  /** Draws the epochs from now on by losses of the units; NaN where a loss is unknown. */
  follow(losses: Float32Array): void {
    this.#losses = losses;
    this.#weights = hardWeights(losses);
    this.#drawn = null;
  }

  /** Units of an epoch, counted from 0, in the order in which they are seen. They depend on what is told above only. */
  order(epoch: number): Int32Array {
    if (this.#drawn?.epoch !== epoch) this.#drawn = { epoch, order: this.#draw(epoch) };
    return this.#drawn.order;
  }

  #draw(epoch: number): Int32Array {
    const { units, labels, seed } = this.#options;
    const places = drawEpoch(labels, this.#weights, seededRandom(seed * 100_003 + epoch));
    return places.map((place) => units[place] as number);
  }
}
