import type { ModelInfo } from '#contract/model.ts';

/** A comparison of a model with the one before. */
export type Round = NonNullable<ModelInfo['round']>;

export interface RoundWords {
  readonly key: 'train.round.gained' | 'train.round.lost' | 'train.round.unclear';
  /** Shares; the difference is without its sign where the words say the direction. */
  readonly gain: number;
  readonly low: number;
  readonly high: number;
}

/** What a round of corrections bought, and whether that can be told from chance. */
export function roundWords({ gain }: Pick<Round, 'gain'>): RoundWords {
  const { value, low, high } = gain;
  if (low > 0) return { key: 'train.round.gained', gain: value, low, high };
  if (high < 0) return { key: 'train.round.lost', gain: -value, low: -high, high: -low };
  return { key: 'train.round.unclear', gain: value, low, high };
}
