import { open, type FileHandle } from 'node:fs/promises';
import { Tensor } from 'onnxruntime-node';
import { problem, ProblemError } from '#base/problem.ts';
import { elementCount } from '#graph/tensor.ts';
import type { InputReader } from './batch-source.ts';

/** Half precision: half the disk and the reading. The embeddings of MobileNetV2 move by 0.0002 of their length. */
const bytesPerNumber = Float16Array.BYTES_PER_ELEMENT;

/** The largest number of half precision. */
const largest = 65_504;

/** Bytes of one activation in its file. */
export function activationBytes(dims: readonly number[]): number {
  return elementCount(dims) * bytesPerNumber;
}

/** Numbers as they lie in the file. Those beyond half precision are cut down to its largest. */
export function encodeActivations(values: Float32Array): Uint8Array {
  const within = values.map((value) => Math.min(largest, Math.max(-largest, value)));
  return new Uint8Array(new Float16Array(within).buffer);
}

/** Activations of all images of a run, one after another. */
export class ActivationFile implements InputReader {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #dims: readonly number[];

  private constructor(file: FileHandle, path: string, dims: readonly number[]) {
    this.#file = file;
    this.#path = path;
    this.#dims = dims;
  }

  /** @param dims of one activation */
  static async open(path: string, dims: readonly number[]): Promise<ActivationFile> {
    return new ActivationFile(await open(path), path, dims);
  }

  async read(positions: Int32Array, rows: number): Promise<Tensor> {
    const bytes = new Uint8Array(rows * activationBytes(this.#dims));
    await Promise.all(Array.from(positions, (position, row) => this.#readOne(position, bytes, row)));
    const values = new Float32Array(new Float16Array(bytes.buffer));
    return new Tensor('float32', values, [rows, ...this.#dims]);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #readOne(position: number, into: Uint8Array, row: number): Promise<void> {
    const length = activationBytes(this.#dims);
    const { bytesRead } = await this.#file.read(into, row * length, length, position * length);
    if (bytesRead === length) return;
    const reason = 'The file of activations is cut short; start the training again.';
    throw new ProblemError(problem('damaged', this.#path, reason));
  }
}
