import { resolve } from 'node:path';
import { err, ok, type Result } from '#base/result.ts';
import { writeFileAtomically } from '#store/atomic-file.ts';
import { storageProblem } from '#store/storage-problem.ts';

/** Writes a file that a person asked for, whole or not at all; gives its absolute path. */
export async function attemptWrite(file: string, data: string): Promise<Result<string>> {
  const path = resolve(file);
  try {
    await writeFileAtomically(path, data);
    return ok(path);
  } catch (error) {
    const known = storageProblem(error, path);
    if (known === null) throw error;
    return err(known);
  }
}
