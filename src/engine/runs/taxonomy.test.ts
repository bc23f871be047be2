import { expect, test } from 'vitest';
import type { ClassId } from '#core/ids.ts';
import { taxonomyOf } from './taxonomy.ts';

const of = (id: string, parent: string | null) => ({ id: id as ClassId, parent: parent as ClassId | null });
const ids = (...names: string[]) => names as ClassId[];

test('classes that labels use come first, those that only hold them together behind', () => {
  const all = [
    of('cell', null),
    of('white', 'cell'),
    of('monocyte', 'white'),
    of('red', 'cell'),
    of('dirt', null),
  ];
  //   monocyte → white, red → cell, dirt at the top, white → cell, cell at the top
  expect(taxonomyOf(ids('monocyte', 'red', 'dirt'), all)).toEqual([3, 4, -1, 4, -1]);
  // A class can have labels of its own and hold others together.
  expect(taxonomyOf(ids('white', 'monocyte'), all)).toEqual([2, 0, -1]);
});

test('without parents there is no taxonomy', () => {
  expect(taxonomyOf(ids('a', 'b'), [of('a', null), of('b', null)])).toBeNull();
});
