import { open, type FileHandle } from 'node:fs/promises';
import { problem, ProblemError } from '#base/problem.ts';

/** A file of square RGB images of one size, 8 bits a channel, one after another. */
export class PixelFile {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #imageBytes: number;

  private constructor(file: FileHandle, path: string, size: number) {
    this.#file = file;
    this.#path = path;
    this.#imageBytes = size * size * 3;
  }

  static async open(path: string, size: number): Promise<PixelFile> {
    return new PixelFile(await open(path), path, size);
  }

  /** Reads images by their positions, one after another, into the first bytes of `into`. */
  async read(positions: Int32Array, into: Uint8Array): Promise<void> {
    const bytes = this.#imageBytes;
    await Promise.all(
      Array.from(positions, async (position, i) => {
        const target = into.subarray(i * bytes, (i + 1) * bytes);
        const { bytesRead } = await this.#file.read(target, 0, bytes, position * bytes);
        if (bytesRead === bytes) return;
        throw new ProblemError(
          problem('damaged', this.#path, 'The file of pixels is cut short; start the training again.'),
        );
      }),
    );
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
