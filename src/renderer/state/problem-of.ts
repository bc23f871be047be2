import { ORPCError } from '@orpc/client';
import { problem, type Problem } from '#base/problem.ts';

/** What went wrong, in the form that is shown: the engine's own problem, or the nearest to it. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ORPCError && error.code === 'PROBLEM') return error.data as Problem;
  const reason = error instanceof Error ? error.message : String(error);
  return problem('crashed', '', reason);
}
