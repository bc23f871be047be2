import type { Clock } from '#base/clock.ts';
import type { DeviceId, TuneProgress } from '#contract/training.ts';
import type { Metrics } from './tune.ts';

const everyMs = 250;

/** Tells how a training goes, a few times a second. */
export class ProgressMeter {
  readonly #clock: Clock;
  readonly #tell: (progress: TuneProgress) => void;
  #toldAt: number;
  #losses: number[] = [];

  constructor(clock: Clock, tell: (progress: TuneProgress) => void) {
    this.#clock = clock;
    this.#tell = tell;
    this.#toldAt = clock();
  }

  /** A step was taken with so many images on this device. */
  add(
    { step, steps, loss, rate }: Metrics,
    { images, device }: { readonly images: number; readonly device: DeviceId },
  ): void {
    this.#losses.push(loss);
    const elapsedMs = this.#clock() - this.#toldAt;
    if (elapsedMs < everyMs && step < steps) return;
    const count = this.#losses.length;
    const mean = this.#losses.reduce((sum, one) => sum + one, 0) / count;
    const imagesPerSecond = (1000 * images * count) / Math.max(1, elapsedMs);
    const memory = process.memoryUsage.rss();
    this.#tell({ step, steps, loss: mean, rate, imagesPerSecond, memory, device });
    this.#losses = [];
    this.#toldAt = this.#clock();
  }
}
