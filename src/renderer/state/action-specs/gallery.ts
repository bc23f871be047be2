import type { ActionSpecs } from './spec.ts';

const scopes = ['gallery'] as const;

export const galleryActions = {
  'gallery.open': { scopes, keys: ['Enter'] },
  'gallery.quickLook': { scopes, keys: ['Space'] },
  'gallery.selectAll': { scopes, keys: ['Ctrl+A'] },
  'gallery.clearSelection': { scopes, keys: ['Escape'] },
  'gallery.left': {
    scopes,
    keys: { emend: ['ArrowLeft'], cvat: ['ArrowLeft', 'D'], labelme: ['ArrowLeft', 'A'] },
  },
  'gallery.right': {
    scopes,
    keys: { emend: ['ArrowRight'], cvat: ['ArrowRight', 'F'], labelme: ['ArrowRight', 'D'] },
  },
  'gallery.up': { scopes, keys: ['ArrowUp'] },
  'gallery.down': { scopes, keys: ['ArrowDown'] },
  'gallery.extendLeft': { scopes, keys: ['Shift+ArrowLeft'] },
  'gallery.extendRight': { scopes, keys: ['Shift+ArrowRight'] },
  'gallery.extendUp': { scopes, keys: ['Shift+ArrowUp'] },
  'gallery.extendDown': { scopes, keys: ['Shift+ArrowDown'] },
  'gallery.first': { scopes, keys: ['Home'] },
  'gallery.last': { scopes, keys: ['End'] },
  'gallery.pageUp': { scopes, keys: ['PageUp'] },
  'gallery.pageDown': { scopes, keys: ['PageDown'] },
  'gallery.toggle': { scopes, keys: ['Ctrl+Space'] },
  'gallery.acceptPredictions': { scopes, keys: ['Shift+A'] },
  'gallery.unlabel': { scopes, keys: ['Delete', 'Backspace'] },
  'gallery.filter': { scopes, keys: ['/', 'Ctrl+F'] },
  'gallery.clearFilter': { scopes, keys: ['Ctrl+Shift+F'] },
  'gallery.larger': { scopes, keys: ['+', '='] },
  'gallery.smaller': { scopes, keys: ['-'] },
} as const satisfies ActionSpecs;
