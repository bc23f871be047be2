import { expect, it } from 'vitest';
import type { ClassId } from '#core/ids.ts';
import { pairTable } from './pair-table.ts';

const id = (name: string) => name as ClassId;
const classes = ['a', 'b', 'c', 'd'].map((name) => ({ id: id(name), name, colour: '#888888' }));

it('lays pairs out with rows as given and columns as suggested, without classes nobody confuses', () => {
  const pairs = [
    { given: id('d'), suggested: id('b'), waiting: 9, wrong: 7.5 },
    { given: id('b'), suggested: id('d'), waiting: 2, wrong: 1.2 },
  ];
  expect(pairTable(pairs, classes)).toEqual({
    classes: [classes[1], classes[3]],
    wrong: [
      [0, 1.2],
      [7.5, 0],
    ],
    waiting: [
      [0, 2],
      [9, 0],
    ],
    left: 0,
  });
});

it('is empty when there are no suspects', () => {
  expect(pairTable([], classes).classes).toEqual([]);
});
