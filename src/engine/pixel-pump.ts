/** `count` images of size × size × 3 bytes, row-major RGB. */
export interface PixelBatch {
  readonly count: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** Sends batches while they are wanted, one after another. */
export class PixelPump {
  readonly #batches: AsyncIterator<PixelBatch>;
  readonly #send: (batch: PixelBatch) => Promise<void>;
  #wanted = 0;
  #isSending = false;

  constructor(batches: AsyncIterable<PixelBatch>, send: (batch: PixelBatch) => Promise<void>) {
    this.#batches = batches[Symbol.asyncIterator]();
    this.#send = send;
  }

  /** Lets this many more batches through; resolves when there is nothing more to do for now. */
  async want(count: number): Promise<void> {
    this.#wanted += count;
    if (this.#isSending) return;
    this.#isSending = true;
    for (; this.#wanted > 0; this.#wanted--) {
      const { value, done } = await this.#batches.next();
      if (done) return;
      await this.#send(value);
    }
    this.#isSending = false;
  }

  /** Lets nothing more through and tells the source so. */
  async stop(): Promise<void> {
    this.#wanted = 0;
    await this.#batches.return?.();
  }
}
