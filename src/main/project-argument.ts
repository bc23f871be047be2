import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The project folder that a person started us with, or null.
 * @param words the command line without the program (and, in a checkout, without the application's folder)
 * @param cwd what a relative path starts from
 */
export function projectArgument(words: readonly string[], cwd: string): string | null {
  const folders = words.filter((word) => !word.startsWith('-')).map((word) => resolve(cwd, word));
  return folders.find((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory()) ?? null;
}
