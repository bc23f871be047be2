/** Ways of training that labels may be enough for, the cheapest first. */
export type TriedRegime = 'prototype' | 'head' | 'blocks' | 'head-then-full';

/** Labels per class from which each way is worth a try; class means are worth one up to `fewest`. */
const fewest = 5;
const enough = { blocks: 50, 'head-then-full': 500 } as const;

/**
 * Which ways of training are tried for so many labels of each class. The rule is a guess, which cross-validation then
 * checks. It goes by the median of the classes that have labels, not the least: how far a backbone can be moved depends
 * on all labels together, and one class of three must not keep a project of thousands from being fine-tuned. What a rare
 * class suffers under it is told by the balanced accuracy, and mended by logit adjustment.
 */
export function regimesFor(counts: readonly number[]): readonly TriedRegime[] {
  const perClass = labelsPerClass(counts);
  if (perClass < fewest) return ['prototype', 'head'];
  const regimes: TriedRegime[] = ['head'];
  if (perClass >= enough.blocks) regimes.push('blocks');
  if (perClass >= enough['head-then-full']) regimes.push('head-then-full');
  return regimes;
}

/** Median of what the classes with labels have of them; 0 where there are none. */
export function labelsPerClass(counts: readonly number[]): number {
  const sorted = counts.filter((count) => count > 0).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
