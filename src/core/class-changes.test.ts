import { expect, test } from 'vitest';
import { editClass, mergeClasses, newClass, reorderClasses } from './class-changes.ts';
import { changedId } from './changes.ts';
import type { AnnotatorId, ClassId, UnitId } from './ids.ts';
import { classPalette } from './palette.ts';
import type { Class } from './records/class.ts';

const id = (text: string): ClassId => text as ClassId;
const classOf = (name: string, position: number, parent: string | null = null): Class => ({
  id: id(name),
  name,
  colour: '#000000',
  hotkey: String(position + 1),
  position,
  parent: parent === null ? null : id(parent),
});
const three = [classOf('a', 0), classOf('b', 1, 'a'), classOf('c', 2, 'b')];

test('a new class takes the next position, colour and free key', () => {
  const made = newClass(id('d'), three, { name: ' monocyte ' });
  expect(made).toMatchObject({
    ok: true,
    value: { name: 'monocyte', position: 3, hotkey: '4', parent: null },
  });
});

test('after a class was removed a new one comes last, in the place of no other', () => {
  const two = [classOf('b', 1), classOf('c', 2)];
  const made = newClass(id('d'), two, { name: 'd' });
  expect(made).toMatchObject({ ok: true, value: { position: 3, hotkey: '1' } });
  expect(newClass(id('a'), [], { name: 'a' })).toMatchObject({ ok: true, value: { position: 0 } });
});

test('a new class has a colour of its own as long as there is one', () => {
  const classes: Class[] = [];
  for (let i = 0; i < classPalette.length; i++) {
    const made = newClass(id(`c${i}`), classes, { name: `c${i}` });
    if (made.ok) classes.push(made.value);
  }
  expect(classes.map((each) => each.colour)).toEqual(classPalette);
  const [first, ...rest] = classes;
  const again = newClass(id('d'), rest, { name: 'd' });
  expect(again).toMatchObject({ ok: true, value: { colour: first!.colour } });
  const thirteenth = newClass(id('e'), classes, { name: 'e' });
  expect(thirteenth).toMatchObject({ ok: true, value: { colour: first!.colour, hotkey: null } });
});

test('names and keys are taken once', () => {
  expect(newClass(id('d'), three, { name: 'A' })).toMatchObject({ ok: false, error: { code: 'exists' } });
  expect(newClass(id('d'), three, { name: 'd', hotkey: '2' })).toMatchObject({
    ok: false,
    error: { reason: 'This key already labels “b”; choose a different one.' },
  });
});

test('a class cannot be put below itself', () => {
  expect(editClass(three[0]!, three, { parent: id('c') }).ok).toBe(false);
  expect(editClass(three[2]!, three, { parent: id('a') }).ok).toBe(true);
});

test('reordering changes only what moves', () => {
  expect(reorderClasses(three, [id('b'), id('a'), id('c')]).map(changedId)).toEqual(['b', 'a']);
  expect(reorderClasses(three, [id('a'), id('b'), id('c')])).toEqual([]);
});

test('merging moves labels and children, then removes the class', () => {
  const label = {
    id: 'u:me',
    unit: 'u' as UnitId,
    annotator: 'me' as AnnotatorId,
    class: id('b'),
    time: 5,
    session: 's',
  };
  const merged = mergeClasses({ from: three[1]!, into: three[0]!, classes: three, labels: [label] });
  expect(merged.ok && merged.value.map((change) => [change.kind, change.after])).toEqual([
    ['label', { ...label, class: 'a' }],
    ['class', { ...three[2], parent: 'a' }],
    ['class', null],
  ]);
  expect(mergeClasses({ from: three[0]!, into: three[2]!, classes: three, labels: [] }).ok).toBe(false);
});
