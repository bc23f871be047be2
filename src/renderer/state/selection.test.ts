import { expect, test } from 'vitest';
import { emptySelection, keepExisting, select, type Selection } from './selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const picked = (selection: Selection<string>): string => [...selection.ids].sort().join('');

test('click, shift, ctrl', () => {
  const one = select(emptySelection<string>(), { id: 'd', mode: 'replace', order });
  const range = select(one, { id: 'b', mode: 'range', order });
  expect(picked(range)).toBe('bcd');
  const turned = select(range, { id: 'e', mode: 'range', order });
  expect(picked(turned)).toBe('de');
  const added = select(turned, { id: 'a', mode: 'toggle', order });
  expect(picked(added)).toBe('ade');
  expect(picked(select(added, { id: 'd', mode: 'toggle', order }))).toBe('ae');
  expect(picked(select(added, { id: 'c', mode: 'replace', order }))).toBe('c');
});

test('a range without an anchor is a click, and so is one whose anchor is gone', () => {
  expect(picked(select(emptySelection<string>(), { id: 'c', mode: 'range', order }))).toBe('c');
  expect(picked(select({ ids: new Set(['x']), anchor: 'x' }, { id: 'c', mode: 'range', order }))).toBe('c');
});

test('other data keep what is still there, and the very same selection where nothing is lost', () => {
  const selection = { ids: new Set(['b', 'd']), anchor: 'd' };
  expect(keepExisting(selection, order)).toBe(selection);
  expect(keepExisting(selection, ['a', 'b'])).toEqual({ ids: new Set(['b']), anchor: null });
});
