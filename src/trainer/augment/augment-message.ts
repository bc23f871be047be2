import type { Problem } from '#base/problem.ts';
import type { AugmenterOptions } from '#learn/augment/augmenter.ts';

// What the training process and its threads say to each other.

/** What a thread is for, told when it is started. */
export interface AugmentWork extends AugmenterOptions {
  /** File of the images. */
  readonly path: string;
  /** Of the run. */
  readonly seed: number;
}

/** Images by their positions in the file; `first` images of the run came before them. */
export interface AugmentRequest {
  readonly call: number;
  readonly positions: Int32Array;
  readonly first: number;
}

/** Variants of the images that were asked for, one after another; or why there are none. */
export type AugmentAnswer =
  | { readonly call: number; readonly pixels: Uint8Array<ArrayBuffer> }
  | { readonly call: number; readonly problem: Problem };
