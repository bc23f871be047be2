import { availableParallelism } from 'node:os';
import { entryUrl } from '#base/entry.ts';
import type { Result } from '#base/result.ts';
import { taskTimeoutMs } from './limits.ts';
import type {
  Fit,
  ImageOutcome,
  ImageOutcomes,
  ImageTask,
  ImportedImage,
  Rendition,
  VaryTask,
} from './operations.ts';
import { ProcessPool } from './process-pool.ts';
import type { CellPicture } from './sample/cell-picture.ts';

export interface ImagePoolOptions {
  /** Most processes at a time; one per core unless told. */
  readonly processes?: number;
  /** A file that takes longer is given up. */
  readonly timeoutMs?: number;
}

export interface BatchOptions {
  /** Files that were not begun when this aborts end as `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Goes before other batches: a person is looking. */
  readonly isUrgent?: boolean;
  /** Told after each file, in the order they are done. */
  readonly onDone?: ((done: number) => void) | undefined;
}

export interface PixelOptions extends BatchOptions {
  /** Side of the square. */
  readonly size: number;
  /** `squash` unless told. */
  readonly fit?: Fit;
}

/**
 * Decodes untrusted files in processes of their own. Paths are absolute. Results stand at the positions of their
 * paths; what cannot be read is a problem with one sentence, never a rejection. Pass hundreds of paths at once: the
 * processes are kept busy and the files are read in order.
 */
export interface ImagePool {
  /** Hash, size, format and thumbnail, from one reading of each file. */
  importImages(paths: readonly string[], options?: BatchOptions): Promise<Result<ImportedImage>[]>;
  /** What the image view shows; goes before all batches. */
  render(path: string): Promise<Result<Rendition>>;
  /** Square RGB pixels for a backbone, size × size × 3 bytes each. */
  pixels(paths: readonly string[], options: PixelOptions): Promise<Result<Uint8Array>[]>;
  /** A variant of an image's pixels, as a picture; goes before all batches. */
  vary(path: string, variant: VaryTask): Promise<Result<Rendition>>;
  /** Draws pictures of the sample project and writes them as files; gives the bytes written. */
  draw(
    pictures: readonly { readonly path: string; readonly picture: CellPicture }[],
    options?: BatchOptions,
  ): Promise<Result<number>[]>;
  /** Process ids of the running workers. */
  pids(): number[];
  /** Ends the processes; what is not done ends as `cancelled`. */
  close(): Promise<void>;
}

/** Starts no process before the first task; processes without work do not keep the program alive. */
export function createImagePool(options: ImagePoolOptions = {}): ImagePool {
  const pool = new ProcessPool<ImageTask, ImageOutcome>({
    entry: entryUrl(import.meta.url, 'images'),
    size: options.processes ?? availableParallelism(),
    timeoutMs: options.timeoutMs ?? taskTimeoutMs,
  });
  return {
    importImages: (paths, batch) =>
      runAll<'import'>(
        pool,
        paths.map((path) => ({ kind: 'import', path })),
        batch,
      ),
    render: async (path) => {
      const result = await pool.run({ kind: 'render', path }, { subject: path, isUrgent: true });
      return result as Result<Rendition>;
    },
    pixels: (paths, { size, fit = 'squash', ...batch }) =>
      runAll<'pixels'>(
        pool,
        paths.map((path) => ({ kind: 'pixels', path, size, fit })),
        batch,
      ),
    vary: async (path, variant) => {
      const result = await pool.run({ kind: 'vary', path, ...variant }, { subject: path, isUrgent: true });
      return result as Result<Rendition>;
    },
    draw: (pictures, batch) =>
      runAll<'draw'>(
        pool,
        pictures.map(({ path, picture }) => ({ kind: 'draw', path, picture })),
        batch,
      ),
    pids: () => pool.pids,
    close: () => pool.close(),
  };
}

/** A worker answers a task of one kind with the outcome of that kind. */
async function runAll<K extends ImageTask['kind']>(
  pool: ProcessPool<ImageTask, ImageOutcome>,
  tasks: readonly Extract<ImageTask, { kind: K }>[],
  { signal, onDone, isUrgent = false }: BatchOptions = {},
): Promise<Result<ImageOutcomes[K]>[]> {
  let done = 0;
  return Promise.all(
    tasks.map(async (task) => {
      const result = await pool.run(task, { subject: task.path, signal, isUrgent });
      onDone?.(++done);
      return result as Result<ImageOutcomes[K]>;
    }),
  );
}
