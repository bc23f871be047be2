import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../shared/', import.meta.url));

/**
 * Path inside the shared test data that stands beside the repository, or null where it is absent. Tests then skip
 * and say so; in CI the folder is there and a skip is a failure.
 */
export function sharedPath(...parts: readonly string[]): string | null {
  const path = root + parts.join('/');
  if (existsSync(path)) return path;
  console.log(`Not tested: ${parts.join('/')} is not beside the repository`);
  return null;
}
