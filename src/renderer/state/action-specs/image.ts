import type { ActionSpecs } from './spec.ts';

const scopes = ['image'] as const;

export const imageActions = {
  'image.next': {
    scopes,
    keys: { emend: ['ArrowRight'], cvat: ['F', 'ArrowRight'], labelme: ['D', 'ArrowRight'] },
  },
  'image.previous': {
    scopes,
    keys: { emend: ['ArrowLeft'], cvat: ['D', 'ArrowLeft'], labelme: ['A', 'ArrowLeft'] },
  },
  'image.accept': { scopes, keys: { emend: ['A'], cvat: ['A'], labelme: ['Enter'] } },
  'image.unlabel': { scopes, keys: ['Delete', 'Backspace'] },
  'image.fit': { scopes, keys: { emend: ['F'], cvat: ['Z'], labelme: ['Ctrl+F'] } },
  'image.actualSize': { scopes, keys: ['Ctrl+0'] },
  'image.zoomIn': { scopes, keys: ['+', '='] },
  'image.zoomOut': { scopes, keys: ['-'] },
  'image.keepZoom': { scopes, keys: ['K'] },
  'image.autoAdvance': { scopes, keys: ['Shift+N'] },
  'image.resetDisplay': { scopes, keys: ['R'] },
  'image.back': { scopes, keys: ['Escape'] },
} as const satisfies ActionSpecs;
