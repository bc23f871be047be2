import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, where they are missing. Node's own recursive `mkdir` never ends where the system
 * says of a folder in one that is there that it is not, as in `/proc`.
 */
export async function makeFolder(path: string): Promise<void> {
  if (existsSync(path)) return;
  const above = dirname(path);
  if (above !== path) await makeFolder(above);
  try {
    await mkdir(path);
  } catch (cause) {
    // Somebody else may have made it meanwhile.
    if (!existsSync(path)) throw cause;
  }
}
