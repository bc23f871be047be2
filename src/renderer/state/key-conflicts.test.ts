import { expect, test } from 'vitest';
import { actionSpecs } from './action-specs/all.ts';
import type { ActionSpecs } from './action-specs/spec.ts';
import { actionUsing, keyConflicts } from './key-conflicts.ts';

test.each(['emend', 'cvat', 'labelme'] as const)('no two actions share a key: %s', (keymap) => {
  expect(keyConflicts(actionSpecs, keymap)).toEqual([]);
});

test('a conflict is found in one view and with what works anywhere, not across views', () => {
  const specs: ActionSpecs = {
    'a.one': { scopes: ['gallery'], keys: ['A'] },
    'b.two': { scopes: ['image', 'gallery'], keys: { emend: ['B'], cvat: ['A'], labelme: [] } },
    'c.three': { scopes: ['review'], keys: ['A', 'C'] },
    'd.four': { scopes: ['global'], keys: ['C'] },
  };
  expect(keyConflicts(specs, 'emend')).toEqual([{ chord: 'C', actions: ['c.three', 'd.four'] }]);
  expect(keyConflicts(specs, 'cvat')).toContainEqual({ chord: 'A', actions: ['a.one', 'b.two'] });
});

test('digits stay free for classes in every preset', () => {
  for (const keymap of ['emend', 'cvat', 'labelme'] as const) {
    for (const digit of '0123456789') expect(actionUsing(digit, keymap)).toBeNull();
  }
});
