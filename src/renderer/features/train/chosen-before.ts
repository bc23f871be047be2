import type { Candidate } from '#contract/training.ts';

/** What was preferred until a candidate was tried; null for the first. The dearer needs more than a standard error. */
export function preferredBefore(candidates: readonly Candidate[], candidate: Candidate): Candidate | null {
  let preferred: Candidate | null = null;
  for (const each of candidates) {
    if (each === candidate) return preferred;
    if (each.gain === null || each.gain > (each.standardError ?? 0)) preferred = each;
  }
  return null;
}
