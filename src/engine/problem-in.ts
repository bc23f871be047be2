import { ProblemError, type Problem } from '#base/problem.ts';
import { storageProblem } from '#store/storage-problem.ts';

/**
 * The problem that something thrown carries, or what SQLite or the file system says in words; null for a fault of ours.
 * @param subject what it is about, where a file system's error does not name its path
 */
export function problemIn(thrown: unknown, subject: string): Problem | null {
  if (thrown instanceof ProblemError) return thrown.problem;
  return storageProblem(thrown, (thrown as { path?: string } | null)?.path ?? subject);
}
