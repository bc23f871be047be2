import type { TuneSettings } from '#contract/trainer.ts';
import type { DeviceId, Regime, TrainingChoices } from '#contract/training.ts';

/** Layers of the backbone that are trained in the regime `blocks`, unless chosen. */
const lastLayers = 6;

/**
 * Images that are looked at in a training, unless that is too few or too many epochs. Of 10,000 photographs held-back
 * accuracy had come to stand by then, and the loss on them rose from twice as many on.
 */
const imagesSeen = 60_000;

export interface TuneInput {
  readonly regime: Regime;
  /** Images that are learned from. */
  readonly images: number;
  readonly device: DeviceId;
}

/** How a network is trained: what the person chose, and what does well on most images for the rest. */
export function tuneSettings(choices: TrainingChoices, { regime, images, device }: TuneInput): TuneSettings {
  const { loss, sampling, augmentation, seed } = choices;
  const isBlocks = regime === 'blocks';
  return {
    ...{ loss, sampling, augmentation, seed, device },
    epochs: choices.epochs ?? clamp(Math.round(imagesSeen / images), 5, 40),
    batch: choices.batch ?? 32,
    rate: choices.rate ?? 3e-4,
    headRate: 5,
    layerDecay: 1,
    weightDecay: 0.01,
    warmUp: 0.1,
    labelSmoothing: 0.1,
    layers: isBlocks ? (choices.layers ?? lastLayers) : null,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
