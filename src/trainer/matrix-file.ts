import { open, type FileHandle } from 'node:fs/promises';
import { problem, ProblemError } from '#base/problem.ts';

/** Reads rows of a matrix file (raw little-endian float32, row after row) in the order asked. */
export async function readRows(
  path: string,
  { rows, dim }: { readonly rows: Int32Array; readonly dim: number },
): Promise<Float32Array<ArrayBuffer>> {
  const values = new Float32Array(rows.length * dim);
  const file = await openMatrix(path);
  try {
    for (let start = 0; start < rows.length;) {
      const end = endOfRun(rows, start);
      const bytes = new Uint8Array(values.buffer, start * dim * 4, (end - start) * dim * 4);
      await fill(file, { bytes, position: (rows[start] ?? 0) * dim * 4, path });
      start = end;
    }
  } finally {
    await file.close();
  }
  return values;
}

async function openMatrix(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch {
    throw new ProblemError(
      problem('not-found', path, 'The embeddings are not there; embed the images again.'),
    );
  }
}

/** The first position after `start` where the rows stop following one another. */
function endOfRun(rows: Int32Array, start: number): number {
  let end = start + 1;
  while (end < rows.length && rows[end] === (rows[end - 1] ?? 0) + 1) end++;
  return end;
}

async function fill(
  file: FileHandle,
  { bytes, position, path }: { bytes: Uint8Array; position: number; path: string },
): Promise<void> {
  // One read call returns at most 2 GiB.
  for (let done = 0; done < bytes.length;) {
    const length = Math.min(bytes.length - done, 2 ** 30);
    const { bytesRead } = await file.read(bytes, done, length, position + done);
    if (bytesRead === 0) {
      throw new ProblemError(
        problem('damaged', path, 'The embeddings end too early; embed the images again.'),
      );
    }
    done += bytesRead;
  }
}
