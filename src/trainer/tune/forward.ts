import { must } from '#base/assert.ts';
import type { Model } from '#graph/model.ts';
import { writeModel } from '#graph/write-model.ts';
import { OutOfMemoryError, openSession, runSession, type Provider, type Session } from '../session.ts';
import type { InputReader } from './batch-source.ts';

const mostAtOnce = 64;

/** Images that a network is run on. */
export interface Images {
  readonly inputs: InputReader;
  readonly positions: Int32Array;
}

/**
 * What one output of a network is for images, part after part in their order: as many at a time as memory allows, and
 * on the processor where the provider fails.
 */
export async function* forward(
  network: Model,
  { inputs, positions }: Images,
  use: { readonly output: string; readonly provider: Provider },
): AsyncGenerator<Float32Array> {
  const runner = new ForwardRunner(writeModel(network), use.output, use.provider);
  try {
    for (let start = 0, atOnce = mostAtOnce; start < positions.length;) {
      const part = positions.subarray(start, start + atOnce);
      const rows = await runner.run(part, inputs);
      if (rows === null) {
        atOnce = Math.ceil(part.length / 2);
        continue;
      }
      yield rows;
      start += part.length;
    }
  } finally {
    await runner.close();
  }
}

const subject = 'network';

/** A network in a session, which moves to the processor when the provider fails. */
class ForwardRunner {
  readonly #model: Uint8Array;
  readonly #output: string;
  #provider: Provider;
  #session: Session | null = null;

  constructor(model: Uint8Array, output: string, provider: Provider) {
    this.#model = model;
    this.#output = output;
    this.#provider = provider;
  }

  /** Null where that many images are too many. */
  async run(part: Int32Array, inputs: InputReader): Promise<Float32Array | null> {
    try {
      this.#session ??= await openSession(this.#model, { subject, provider: this.#provider });
      const input = must(this.#session.inputNames[0], 'an input');
      const feeds = { [input]: await inputs.read(part, part.length, 0) };
      const outputs = await runSession(this.#session, feeds, subject);
      return must(outputs[this.#output], this.#output).data as Float32Array;
    } catch (error) {
      if (error instanceof OutOfMemoryError && part.length > 1) return null;
      if (this.#provider === 'cpu') throw error;
      await this.close();
      this.#provider = 'cpu';
      return this.run(part, inputs);
    }
  }

  async close(): Promise<void> {
    await this.#session?.release();
    this.#session = null;
  }
}
