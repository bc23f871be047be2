import type { ActionSpecs } from './spec.ts';

export const appActions = {
  'app.palette': { scopes: ['global'], keys: ['Ctrl+K', 'Ctrl+Shift+P'] },
  'app.cheatSheet': { scopes: ['global'], keys: ['?', 'F1'] },
  'app.gallery': { scopes: ['global'], keys: ['Ctrl+1'] },
  'app.review': { scopes: ['global'], keys: ['Ctrl+2'] },
  'app.audit': { scopes: ['global'], keys: ['Ctrl+3'] },
  'app.train': { scopes: ['global'], keys: ['Ctrl+4'] },
  'app.data': { scopes: ['global'], keys: ['Ctrl+5'] },
  'app.history': { scopes: ['global'], keys: ['Ctrl+6'] },
  'app.start': { scopes: ['global'], keys: [] },
  'app.inspector': { scopes: ['gallery', 'image', 'review'], keys: ['I'] },
  'app.undo': { scopes: ['global'], keys: ['Ctrl+Z'] },
  'app.redo': {
    scopes: ['global'],
    keys: { emend: ['Ctrl+Shift+Z', 'Ctrl+Y'], cvat: ['Ctrl+Shift+Z', 'Ctrl+Y'], labelme: ['Ctrl+Shift+Z'] },
  },
  'app.theme': { scopes: ['global'], keys: [] },
  'app.settings': {
    scopes: ['global'],
    keys: { emend: ['Ctrl+,'], cvat: ['F2', 'Ctrl+,'], labelme: ['Ctrl+,'] },
  },
} as const satisfies ActionSpecs;
