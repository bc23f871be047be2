import { expect, test } from 'vitest';
import { pathWithin } from './path-within.ts';

test('the part of a path below a folder', () => {
  expect(pathWithin('/home/kim/smears', '/home/kim/smears/images')).toBe('images');
  expect(pathWithin('/home/kim/smears/', '/home/kim/smears/a/b')).toBe('a/b');
  expect(pathWithin('C:\\smears', 'C:\\smears\\images')).toBe('images');
});

test('no part of it where the path is elsewhere, or the folder itself', () => {
  expect(pathWithin('/home/kim/smears', '/home/kim/smears-2/images')).toBeNull();
  expect(pathWithin('/home/kim/smears', '/mnt/images')).toBeNull();
  expect(pathWithin('/home/kim/smears', '/home/kim/smears')).toBeNull();
});
