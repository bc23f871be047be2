import type { Window } from '../shapes/windows.ts';

/** Sizes of one convolution, known in numbers. */
export interface Convolution {
  readonly batch: number;
  readonly group: number;
  /** Channels that enter and leave. */
  readonly inChannels: number;
  readonly outChannels: number;
  readonly inSizes: readonly number[];
  readonly outSizes: readonly number[];
  readonly windows: readonly Window[];
}
