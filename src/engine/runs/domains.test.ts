import { expect, test } from 'vitest';
import { domainsOf } from './domains.ts';

test('the largest source stands against all others', () => {
  expect(domainsOf(['a', 'b', 'b', 'c', 'b'])).toEqual([1, 0, 0, 1, 0]);
});

test('of two sources of the same size the first is the main one', () => {
  expect(domainsOf(['a', 'b'])).toEqual([0, 1]);
});

test('one source has nothing to be told apart from', () => {
  expect(domainsOf(['a', 'a'])).toBeNull();
  expect(domainsOf([])).toBeNull();
});
