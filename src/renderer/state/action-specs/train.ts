import type { ActionSpecs } from './spec.ts';

const scopes = ['train'] as const;

export const trainActions = {
  'train.retrain': { scopes: ['global'], keys: ['Ctrl+Enter'] },
  'train.fineTune': { scopes: ['global'], keys: ['Ctrl+Shift+Enter'] },
  'train.start': { scopes, keys: ['Alt+Enter'] },
  'train.cancel': { scopes, keys: ['Escape'] },
  'train.resume': { scopes, keys: ['R'] },
  'train.discard': { scopes, keys: [] },
  'train.compare': { scopes, keys: ['C'] },
  'train.promoteBefore': { scopes, keys: [] },
  'train.export': { scopes, keys: ['Ctrl+Shift+E'] },
  'train.judge': { scopes: ['audit'], keys: ['J'] },
} as const satisfies ActionSpecs;
