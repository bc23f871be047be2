import { expect, test } from 'vitest';
import { choiceGroups } from './filter-choices.ts';
import type { Names } from './filter-tokens.ts';

const names: Names = {
  classes: [
    ['c1', 'monocyte'],
    ['c2', 'never used'],
  ],
  predicted: [['c1', 'monocyte']],
  annotators: [['kim', 'Kim']],
  sources: [],
  splits: [['test', 'test']],
};
const counts = {
  classes: { c1: 12 },
  predicted: {},
  annotators: { kim: 12 },
  sources: {},
  splits: {},
  unlabelled: 3,
};

test('offers what would show something, with counts', () => {
  const groups = choiceGroups(names, counts, '');
  expect(groups.map(({ name }) => name)).toEqual(['labels', 'doubts', 'classes', 'annotators']);
  expect(groups[2]?.choices).toEqual([
    { token: { field: 'classes', id: 'c1' }, text: 'class:monocyte', count: 12 },
  ]);
});

test('typing narrows by the condition as it reads', () => {
  expect(
    choiceGroups(names, counts, 'mono').flatMap(({ choices }) => choices.map(({ text }) => text)),
  ).toEqual(['class:monocyte']);
  expect(choiceGroups(names, counts, 'nothing of that kind')).toEqual([]);
});
