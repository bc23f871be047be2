import { expect, test } from 'vitest';
import type { ClassId } from '#core/ids.ts';
import { dropped, isWithin, shifted, treeLines } from './class-tree.ts';

const id = (name: string): ClassId => name as ClassId;
const classes = [
  ['cell', null],
  ['white', 'cell'],
  ['mono', 'white'],
  ['lympho', 'white'],
  ['red', 'cell'],
  ['dirt', null],
].map(([name, parent], position) => ({
  id: id(name!),
  parent: parent === null ? null : id(parent!),
  position,
}));
const lines = (): string[] => treeLines(classes).map(({ item, depth }) => '-'.repeat(depth) + item.id);

test('classes as a tree', () => {
  expect(lines()).toEqual(['cell', '-white', '--mono', '--lympho', '-red', 'dirt']);
});

test('a class whose parent is gone is not lost', () => {
  expect(treeLines([{ id: id('a'), parent: id('gone'), position: 0 }])).toHaveLength(1);
});

test('nothing can lie below itself', () => {
  expect(isWithin(classes, id('mono'), id('cell'))).toBe(true);
  expect(isWithin(classes, id('cell'), id('mono'))).toBe(false);
  expect(dropped(classes, id('cell'), { target: id('mono'), place: 'inside' })).toBeNull();
  expect(dropped(classes, id('cell'), { target: id('cell'), place: 'after' })).toBeNull();
});

test('dropping beside takes the parent of the target, dropping inside the target itself', () => {
  expect(dropped(classes, id('dirt'), { target: id('mono'), place: 'before' })).toEqual({
    parent: 'white',
    order: ['cell', 'white', 'dirt', 'mono', 'lympho', 'red'],
  });
  expect(dropped(classes, id('dirt'), { target: id('red'), place: 'inside' })?.parent).toBe('red');
});

test('moving among siblings', () => {
  expect(shifted(classes, id('lympho'), -1)).toEqual(['cell', 'white', 'lympho', 'mono', 'red', 'dirt']);
  expect(shifted(classes, id('mono'), -1)).toBeNull();
  expect(shifted(classes, id('dirt'), 1)).toBeNull();
});
