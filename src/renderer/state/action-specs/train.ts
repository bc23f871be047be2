import type { ActionSpecs } from './spec.ts';

export const trainActions = {
  'train.retrain': { scopes: ['global'], keys: ['Ctrl+Enter'] },
  'train.cancel': { scopes: ['train'], keys: ['Escape'] },
} as const satisfies ActionSpecs;
