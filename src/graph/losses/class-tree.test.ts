import { expect, test } from 'vitest';
import { classDistances, classLevels } from './class-tree.ts';

/** Cat, dog and car; animals (3) are at the top beside cars. */
const animals = { parents: [3, 3, -1, -1], classCount: 3 };

test('classes fall into groups from the top down', () => {
  expect(classLevels(animals)).toEqual([
    [0, 0, 1],
    [0, 1, 2],
  ]);
});

test('a class that holds others is one of their group, and itself below', () => {
  /** Animal is a class, too; cat and dog lie under it, car is apart. */
  const tree = { parents: [-1, 0, 0, -1], classCount: 4 };
  expect(classLevels(tree)).toEqual([
    [0, 0, 0, 1],
    [0, 1, 2, 3],
  ]);
  expect(classDistances(tree)).toEqual([
    [0, 0.5, 0.5, 1],
    [0.5, 0, 0.5, 1],
    [0.5, 0.5, 0, 1],
    [1, 1, 1, 0],
  ]);
});

test('levels above the first parting are left out and change no distance', () => {
  const below = { parents: [3, 3, 4, 4, 5, -1], classCount: 3 };
  expect(classLevels(below)).toEqual(classLevels(animals));
  expect(classDistances(below)).toEqual(classDistances(animals));
});

test('classes that lie side by side have one level, all as far apart', () => {
  const flat = { parents: [-1, -1], classCount: 2 };
  expect(classLevels(flat)).toEqual([[0, 1]]);
  expect(classDistances(flat)).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

test('a circle is refused', () => {
  expect(() => classLevels({ parents: [1, 0], classCount: 2 })).toThrow('no circles');
});
