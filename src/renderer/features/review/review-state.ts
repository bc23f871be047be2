import { create } from 'zustand';
import type { Decide, Suspect } from '#contract/review.ts';
import type { ClassId } from '#core/ids.ts';

/** Suspects one at a time, or many of one class pair at once. */
export const useReviewMode = create<{ isGrid: boolean }>(() => ({ isGrid: false }));

/** Suspects in a grid. */
export const gridSize = 24;

/** The decision that a class key means for a suspect: it may name the class given or the class suggested. */
export function decisionFor(suspect: Pick<Suspect, 'unit' | 'given' | 'suggested'>, named: ClassId): Decide {
  const { unit, given, suggested } = suspect;
  if (named === suggested) return { unit, decision: 'accepted', class: null };
  if (named === given) return { unit, decision: 'kept', class: null };
  return { unit, decision: 'changed', class: named };
}
