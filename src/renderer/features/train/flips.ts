import type { Comparison } from '#contract/model.ts';

export type Flip = Comparison['flips'][number];

/** What became of an image between two models. */
export type FlipKind = 'fixed' | 'broken' | 'other';

/** Now right, now wrong, or wrong both times in different ways. */
export function flipKind({ given, first, second }: Pick<Flip, 'given' | 'first' | 'second'>): FlipKind {
  if (second === given) return 'fixed';
  return first === given ? 'broken' : 'other';
}
