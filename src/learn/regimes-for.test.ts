import { expect, test } from 'vitest';
import { regimesFor } from './regimes-for.ts';

test.each([
  [
    [1, 2, 4],
    ['prototype', 'head'],
  ],
  [[5, 5], ['head']],
  [[49, 49, 49], ['head']],
  [
    [50, 50],
    ['head', 'blocks'],
  ],
  [
    [499, 499],
    ['head', 'blocks'],
  ],
  [
    [500, 500, 500],
    ['head', 'blocks', 'head-then-full'],
  ],
])('%j labels', (counts, expected) => {
  expect(regimesFor(counts)).toEqual(expected);
});

test('a rare class and classes without labels do not keep the others from being learned', () => {
  expect(regimesFor([0, 900, 3, 0, 700])).toContain('head-then-full');
  expect(regimesFor([100, 2, 2])).toEqual(['prototype', 'head']);
});

test('of an even number of classes the middle two count', () => {
  expect(regimesFor([2, 40, 62, 900])).toContain('blocks');
  expect(regimesFor([2, 40, 58, 900])).not.toContain('blocks');
});

test('no labels at all ask for what needs the fewest', () => {
  expect(regimesFor([])).toEqual(['prototype', 'head']);
});
