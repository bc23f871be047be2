import { create } from 'zustand';
import type { ModelInfo } from '#contract/model.ts';

/** Two models that are laid side by side, by id. */
export interface ComparedPair {
  readonly first: string;
  readonly second: string;
}

/** Which models are compared; null while none are. */
export const useComparing = create<{ readonly pair: ComparedPair | null }>(() => ({ pair: null }));

/** Lays two models side by side. */
export function compare(pair: ComparedPair): void {
  useComparing.setState({ pair });
}

/** Puts the comparison away. */
export function closeComparison(): void {
  useComparing.setState({ pair: null });
}

/** The model before another: what it began with or else the one that is next older; null for the first. */
export function modelBefore(models: readonly Pick<ModelInfo, 'id' | 'head'>[], id: string): string | null {
  const at = models.findIndex((model) => model.id === id);
  const head = models[at]?.head;
  const isThere = models.some((model) => model.id === head);
  return (isThere ? head : at < 0 ? null : models[at + 1]?.id) ?? null;
}
