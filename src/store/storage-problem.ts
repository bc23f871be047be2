import { problem, type Problem } from '#base/problem.ts';
import { err, type Result } from '#base/result.ts';

const full =
  'The disk is full; free some space and repeat. Everything that was acknowledged before is on disk.';
const readOnly = 'There is no permission to write here; change the permissions or choose another folder.';
const broken = 'The file is damaged; put back a copy of the project folder or one from its backups folder.';
const drive =
  'The drive reports an error; check that it is connected and healthy, then open the project again.';
const used = 'Another program holds the file; close it and try again.';
const folder = 'This is a folder; name a file instead.';
const noFolder = 'No folder can be made here; choose another place.';
const referred = 'The change would leave a record that refers to one that is not there; nothing was changed.';

/** By SQLite's primary result code (https://sqlite.org/rescode.html). */
const bySqliteCode: Readonly<Record<number, readonly [Problem['code'], string]>> = {
  3: ['unwritable', readOnly],
  5: ['busy', used],
  6: ['busy', used],
  8: ['unwritable', readOnly],
  10: ['unwritable', drive],
  11: ['damaged', broken],
  13: ['unwritable', full],
  14: ['unwritable', readOnly],
  19: ['conflict', referred],
  23: ['unwritable', readOnly],
  26: ['damaged', broken],
};

const bySystemCode: Readonly<Record<string, readonly [Problem['code'], string]>> = {
  EACCES: ['unwritable', readOnly],
  EPERM: ['unwritable', readOnly],
  EROFS: ['unwritable', readOnly],
  ENOSPC: ['unwritable', full],
  EDQUOT: ['unwritable', full],
  EIO: ['unwritable', drive],
  ENOENT: ['not-found', 'It is not there (any more); check that the drive is connected.'],
  ENOTDIR: ['bad-input', 'A part of this path is a file, not a folder; choose another path.'],
  EISDIR: ['bad-input', folder],
  ENAMETOOLONG: ['bad-input', 'This path is too long; choose a shorter one.'],
  EMFILE: ['busy', 'Too many files are open; close other programs and try again.'],
  EBUSY: ['busy', used],
  'mkdir ENOENT': ['unwritable', noFolder],
};

/** Puts an error of SQLite or the file system into words; null for anything that nobody expects. */
export function storageProblem(cause: unknown, subject: string): Problem | null {
  if (!(cause instanceof Error)) return null;
  const { errcode } = cause as { errcode?: unknown };
  const known = typeof errcode === 'number' ? bySqliteCode[errcode & 0xff] : bySystem(cause);
  return known === undefined ? null : problem(known[0], subject, known[1]);
}

/** A file that is not there and a place where nothing can be made have the same code. */
function bySystem({ syscall, code }: NodeJS.ErrnoException): readonly [Problem['code'], string] | undefined {
  return bySystemCode[`${syscall} ${code}`] ?? bySystemCode[String(code)];
}

/** Runs work on files, with what storage may answer as a value; anything unexpected is thrown on. */
export async function attempt<T>(
  subject: string,
  work: () => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await work();
  } catch (cause) {
    const known = storageProblem(cause, subject);
    if (known === null) throw cause;
    return err(known);
  }
}
