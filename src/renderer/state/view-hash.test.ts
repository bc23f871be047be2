import { expect, test } from 'vitest';
import type { ImageFilter } from '#contract/images.ts';
import { defaultSort, emptyFilter } from './filter.ts';
import { placeFromHash, placeToHash, type Place } from './view-hash.ts';

const filter = {
  ...emptyFilter,
  classes: ['mono', 'lympho'],
  splits: ['test'],
  labelled: true,
  suspicion: 0.8,
  disagreeing: true,
  text: 'slide 3 & 4 = ü',
} as ImageFilter;

test.each<Place>([
  { view: 'start', filter: emptyFilter, sort: defaultSort, focused: null },
  { view: 'gallery', filter, sort: { by: 'suspicion', descending: true }, focused: null },
  {
    view: 'image',
    filter: { ...emptyFilter, labelled: false },
    sort: defaultSort,
    focused: 'abc' as Place['focused'],
  },
])('an address leads back to its place: $view', (place) => {
  expect(placeFromHash(`#${placeToHash(place)}`)).toEqual(place);
});

test('a plain view has a plain address, and nonsense leads to the start', () => {
  expect(placeToHash({ view: 'data', filter: emptyFilter, sort: defaultSort, focused: null })).toBe('/data');
  expect(placeFromHash('#/nowhere?sort=-money&suspicion=7')).toEqual(placeFromHash(''));
});
