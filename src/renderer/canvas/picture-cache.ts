import { Emitter, type Dispose } from '#base/emitter.ts';
import type { Picture } from './picture.ts';

export type PictureState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly picture: Picture }
  | { readonly kind: 'failed' };

const loading: PictureState = { kind: 'loading' };

/** Keeps the pictures asked for last, decoded, so that going to a neighbour shows it at once. */
export class PictureCache {
  readonly #load: (url: string) => Promise<Picture>;
  readonly #capacity: number;
  /** Least recently asked for first. */
  readonly #states = new Map<string, PictureState>();
  readonly #changed = new Emitter<string>();

  constructor(load: (url: string) => Promise<Picture>, capacity: number) {
    this.#load = load;
    this.#capacity = capacity;
  }

  /** Calls `listener` with the address of every picture whose state changed. */
  readonly onChange = (listener: (url: string) => void): Dispose => this.#changed.on(listener);

  /** What is known of a picture now; does not start anything. */
  state(url: string): PictureState {
    return this.#states.get(url) ?? loading;
  }

  /** Starts loading a picture, or keeps one that is there for longer. */
  request(url: string): void {
    const known = this.#states.get(url);
    if (known === undefined) void this.#start(url);
    else this.#touch(url, known);
  }

  /** Tries a picture again that failed. */
  retry(url: string): void {
    this.#states.delete(url);
    this.#changed.emit(url);
    this.request(url);
  }

  async #start(url: string): Promise<void> {
    this.#touch(url, loading);
    const state: PictureState = await this.#load(url).then(
      (picture) => ({ kind: 'ready', picture }),
      () => ({ kind: 'failed' }),
    );
    if (!this.#states.has(url)) return;
    this.#touch(url, state);
    this.#changed.emit(url);
  }

  #touch(url: string, state: PictureState): void {
    this.#states.delete(url);
    this.#states.set(url, state);
    for (const oldest of this.#states.keys()) {
      if (this.#states.size <= this.#capacity) break;
      this.#states.delete(oldest);
    }
  }
}
