/** Why something could not be done; each shell maps these to its own form (exit code, dialog, list row). */
export const problemCodes = [
  'bad-input',
  'not-found',
  'exists',
  'locked',
  'damaged',
  'unsupported',
  'cancelled',
  'busy',
  'conflict',
  'unwritable',
  'too-few',
  'crashed',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/**
 * An expected failure, told to a person.
 * `subject` names what it is about (a path, an id); `reason` says what is wrong and what to do, in one sentence.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly subject: string;
  readonly reason: string;
}

/** Builds a problem. */
export function problem(code: ProblemCode, subject: string, reason: string): Problem {
  return { code, subject, reason };
}

/** Carries a problem through code that can only throw (streams, job bodies); caught at the edge of the engine. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(cause: Problem) {
    super(`${cause.subject}: ${cause.reason}`);
    this.name = 'ProblemError';
    this.problem = cause;
  }
}
