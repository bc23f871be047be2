import { expect, test } from 'vitest';
import type { ClassId, ImageId } from '#core/ids.ts';
import { countLabels } from './label-counts.ts';

const images = (...ids: string[]): ImageId[] => ids as ImageId[];
const [cat, dog, owl] = ['cat', 'dog', 'owl'] as ClassId[] as [ClassId, ClassId, ClassId];
const members = [
  [cat, images('a', 'b', 'c')],
  [dog, images('d')],
  [owl, images('e')],
] as const;

test('labels are counted within the selection; classes that none of it has are left out', () => {
  expect(countLabels(new Set(images('a', 'c', 'd', 'z')), members)).toEqual({
    byClass: new Map([
      [cat, 2],
      [dog, 1],
    ]),
    unlabelled: 1,
  });
  expect(countLabels(new Set(images('y', 'z')), members)).toEqual({ byClass: new Map(), unlabelled: 2 });
});
