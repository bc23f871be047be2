import type { ActionSpecs } from './spec.ts';

const scopes = ['review'] as const;

export const reviewActions = {
  'review.accept': { scopes, keys: ['Enter'] },
  'review.keep': { scopes, keys: ['Backspace'] },
  'review.unsure': { scopes, keys: ['U'] },
  'review.skip': { scopes, keys: ['S'] },
  'review.grid': { scopes, keys: ['G'] },
  'review.allPairs': { scopes, keys: ['Escape'] },
  'review.open': { scopes, keys: ['Space'] },
} as const satisfies ActionSpecs;
