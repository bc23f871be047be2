import { ORPCError } from '@orpc/server';
import type { Problem } from '#base/problem.ts';
import type { Result } from '#base/result.ts';

/** Turns a result into a procedure's answer: the value, or the contract's typed `PROBLEM` error. */
export async function answer<T>(result: Result<T> | Promise<Result<T>>): Promise<T> {
  const settled = await result;
  if (settled.ok) return settled.value;
  throw problemError(settled.error);
}

/** The error that carries a problem over the contract. */
export function problemError(cause: Problem): ORPCError<'PROBLEM', Problem> {
  return new ORPCError('PROBLEM', { message: `${cause.subject}: ${cause.reason}`, data: cause });
}
