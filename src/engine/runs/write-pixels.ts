import { open, stat } from 'node:fs/promises';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { EngineHost } from '../host.ts';
import type { JobHandle } from '../jobs.ts';
import { pixelBatches } from '../pixel-batches.ts';

export interface PixelFileRequest {
  readonly file: string;
  /** Absolute paths of the images. */
  readonly paths: readonly string[];
  readonly size: number;
  readonly job: JobHandle;
}

/**
 * Writes images side by side, `size` × `size` × 3 bytes each; a file that is whole stays. An image that cannot be read
 * any more ends the run: it was readable when it was embedded, so its drive has gone.
 */
export async function writePixels(host: EngineHost, request: PixelFileRequest): Promise<Result<null>> {
  const { file, paths, size, job } = request;
  const bytes = paths.length * size * size * 3;
  const found = await stat(file).catch(() => null);
  if (found?.size === bytes) return ok(null);
  let broken: { readonly path: string; readonly reason: string } | null = null;
  const onUnreadable = (position: number, reason: string): void => {
    broken ??= { path: paths[position] ?? '', reason };
  };
  const output = await open(file, 'w');
  try {
    let done = 0;
    for await (const { count, pixels } of pixelBatches(host.images, {
      ...{ paths, size, signal: job.signal, onUnreadable },
    })) {
      if (job.signal.aborted) return err(problem('cancelled', 'tune', 'It was cancelled.'));
      if (broken !== null) return err(unreadable(broken));
      await output.writeFile(pixels);
      done += count;
      job.progress('read', done, paths.length);
    }
  } finally {
    await output.close();
  }
  return broken === null ? ok(null) : err(unreadable(broken));
}

function unreadable({ path, reason }: { readonly path: string; readonly reason: string }) {
  return problem(
    'bad-input',
    path,
    `${reason} Bring it back or remove it from the project, then train again.`,
  );
}
