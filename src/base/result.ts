import type { Problem } from './problem.ts';

/** The outcome of something that is expected to fail now and then: a value, or the problem in words. */
export type Result<T, E = Problem> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** A success. */
export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

/** An expected failure. */
export function err<E>(error: E): Result<never, E> {
  return { ok: false, error };
}
