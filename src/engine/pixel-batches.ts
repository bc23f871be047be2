import type { ImagePool } from '#images/image-pool.ts';
import type { PixelBatch } from './pixel-pump.ts';

export interface PixelRequest {
  /** Absolute paths. */
  readonly paths: readonly string[];
  readonly size: number;
  readonly signal?: AbortSignal | undefined;
  /** Told about a file that cannot be read (any more): its pixels are black and its row means nothing. */
  readonly onUnreadable: (position: number, reason: string) => void;
}

/** Images a batch: enough to keep the device busy, few enough to keep memory small (7 MB at 160 px). */
const batchSize = 96;

/** Batches decoded ahead of what is asked for, so that decoding and embedding overlap. */
const batchesAhead = 2;

/** Decodes files batch by batch, in order. */
export async function* pixelBatches(pool: ImagePool, request: PixelRequest): AsyncGenerator<PixelBatch> {
  const waiting: Promise<PixelBatch>[] = [];
  for (let start = 0; start < request.paths.length; start += batchSize) {
    waiting.push(decodeBatch(pool, request, start));
    const next = waiting.length > batchesAhead ? waiting.shift() : undefined;
    if (next !== undefined) yield next;
  }
  for (const batch of waiting) yield batch;
}

async function decodeBatch(pool: ImagePool, request: PixelRequest, start: number): Promise<PixelBatch> {
  const { size, signal } = request;
  const imageBytes = size * size * 3;
  const paths = request.paths.slice(start, start + batchSize);
  const decoded = await pool.pixels(paths, { size, signal });
  const pixels = new Uint8Array(paths.length * imageBytes);
  decoded.forEach((result, i) => {
    if (result.ok) pixels.set(result.value, i * imageBytes);
    else if (result.error.code !== 'cancelled') request.onUnreadable(start + i, result.error.reason);
  });
  return { count: paths.length, pixels };
}
