import { expect, test } from 'vitest';
import { advance, emptyStacks, type UndoStacks } from './undo.ts';
import type { ActionName } from './journal.ts';

function play(...steps: readonly (readonly [ActionName, string, string?])[]): UndoStacks {
  const stacks = emptyStacks();
  for (const [action, batch, target = null] of steps) advance(stacks, { action, batch, target });
  return stacks;
}

test('an action can be undone, done again and undone again', () => {
  expect(play(['label.set', 'a'], ['label.set', 'b'])).toEqual({ undo: ['a', 'b'], redo: [] });
  expect(play(['label.set', 'a'], ['undo', 'x', 'a'])).toEqual({ undo: [], redo: ['a'] });
  expect(play(['label.set', 'a'], ['undo', 'x', 'a'], ['redo', 'y', 'a'])).toEqual({ undo: ['a'], redo: [] });
});

test('a new action forgets what could be done again', () => {
  expect(play(['label.set', 'a'], ['undo', 'x', 'a'], ['label.set', 'b'])).toEqual({ undo: ['b'], redo: [] });
});

test('the rows of one batch are one step', () => {
  expect(play(['images.add', 'i'], ['images.add', 'i']).undo).toEqual(['i']);
  expect(play(['images.add', 'i'], ['undo', 'x', 'i'], ['undo', 'x', 'i'])).toEqual({
    undo: [],
    redo: ['i'],
  });
});

test('creating the project is no step', () => {
  expect(play(['project.create', 'p'], ['annotator.create', 'q']).undo).toEqual([]);
});
