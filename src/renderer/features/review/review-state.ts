import { create } from 'zustand';
import type { Decide, Suspect } from '#contract/review.ts';
import type { ClassId } from '#core/ids.ts';
import type { ReviewScope } from '../../state/view.ts';

/** Suspects one at a time, or many of one class pair at once. */
export const useReviewMode = create<{ isGrid: boolean }>(() => ({ isGrid: false }));

/** Suspects in a grid. */
export const gridSize = 24;

/** The class pair with most wrong labels to be expected among the suspects, or null when there are none. */
export function worstPair(
  items: readonly Pick<Suspect, 'given' | 'suggested' | 'wrong'>[],
): ReviewScope | null {
  const totals = new Map<string, { scope: ReviewScope; wrong: number }>();
  for (const { given, suggested, wrong } of items) {
    const key = `${given} ${suggested}`;
    const known = totals.get(key);
    totals.set(key, { scope: { given, suggested }, wrong: (known?.wrong ?? 0) + wrong });
  }
  const [worst] = [...totals.values()].sort((a, b) => b.wrong - a.wrong);
  return worst?.scope ?? null;
}

/** The decision that a class key means for a suspect: it may name the class given or the class suggested. */
export function decisionFor(suspect: Pick<Suspect, 'unit' | 'given' | 'suggested'>, named: ClassId): Decide {
  const { unit, given, suggested } = suspect;
  if (named === suggested) return { unit, decision: 'accepted', class: null };
  if (named === given) return { unit, decision: 'kept', class: null };
  return { unit, decision: 'changed', class: named };
}
