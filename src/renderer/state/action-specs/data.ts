import type { ActionSpecs } from './spec.ts';

export const dataActions = {
  'data.addImages': { scopes: ['gallery', 'data'], keys: ['Ctrl+Shift+A'] },
  'data.exportCsv': { scopes: ['gallery', 'data'], keys: ['Ctrl+Shift+E'] },
  'data.newClass': { scopes: ['data'], keys: ['Ctrl+Shift+C'] },
} as const satisfies ActionSpecs;
