import { must } from '#base/assert.ts';
import type { TuneSettings } from '#contract/trainer.ts';
import { sizeOf, type Parameter } from '#graph/training/parameter-vector.ts';
import type { Trainable } from '#graph/training/trainable.ts';

/** Learning rate and weight decay of every number in the parameter vector, the rates relative to the schedule's. */
export interface Rates {
  readonly rates: Float32Array<ArrayBuffer>;
  readonly decays: Float32Array<ArrayBuffer>;
}

/**
 * Layers far from the head learn more slowly (layer decay: Howard & Ruder 2018), the head faster. Biases and scales
 * are not pulled to 0.
 */
export function ratesOf(
  parameters: readonly Parameter[],
  weights: readonly Trainable[],
  settings: TuneSettings,
): Rates {
  const layers = new Map(weights.map(({ name, layer }) => [name, layer]));
  const last = Math.max(0, ...layers.values());
  const size = sizeOf(parameters);
  const found = { rates: new Float32Array(size), decays: new Float32Array(size) };
  for (const { name, dims, offset, count } of parameters) {
    const layer = layers.get(name);
    const rate = layer === undefined ? settings.headRate : settings.layerDecay ** (last - layer);
    found.rates.fill(rate, offset, offset + count);
    if (dims.length > 1) found.decays.fill(settings.weightDecay, offset, offset + count);
  }
  return found;
}

/** The weights of the last layers, all where null. */
export function lastLayers(weights: readonly Trainable[], count: number | null): readonly Trainable[] {
  if (count === null) return weights;
  const last = must(weights.at(-1), 'a network has weights').layer;
  return weights.filter(({ layer }) => layer > last - count);
}
