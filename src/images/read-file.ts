import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { problem, type Problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { maxFileBytes } from './limits.ts';

/**
 * Reads a whole file, refusing what is no regular file (a pipe would never end) or too large to be held.
 * Synchronous, because a worker has nothing else to do meanwhile and three trips to the thread pool cost more.
 */
export function readImageFile(path: string): Result<Buffer> {
  let file: number | undefined;
  try {
    // Without O_NONBLOCK, which Windows lacks, opening a named pipe waits for a writer.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(file);
    if (!stat.isFile())
      return err(
        problem(
          'bad-input',
          path,
          'This is a folder or a device, not a file; put a copy of the image in its place.',
        ),
      );
    if (stat.size > maxFileBytes) {
      return err(
        problem('unsupported', path, 'The file is larger than 1 GiB; save a smaller version of it.'),
      );
    }
    return ok(readFileSync(file));
  } catch (error) {
    return err(readProblem(path, error));
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function readProblem(path: string, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return problem('not-found', path, 'The file is not there; it was moved, renamed or deleted.');
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return problem('bad-input', path, 'The file may not be read; change its permissions.');
  }
  return problem(
    'bad-input',
    path,
    `The file could not be read from disk (${code || String(error)}); check the drive and try again.`,
  );
}
