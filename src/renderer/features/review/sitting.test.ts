import { expect, it } from 'vitest';
import type { UnitId } from '#core/ids.ts';
import { decided, failed, freshSitting, looking, ordered, settled, skipped } from './sitting.ts';

const units = (...names: string[]) => names as UnitId[];
const queue = (...names: string[]) => units(...names).map((unit) => ({ unit }));
const names = (items: { unit: UnitId }[]) => items.map(({ unit }) => unit).join('');
const a = 'a' as UnitId;
const b = 'b' as UnitId;

it('shows the next suspect before the engine answers', () => {
  expect(names(ordered(queue('a', 'b', 'c'), decided(freshSitting, [a])))).toBe('bc');
});

it('puts skipped suspects at the end, the one skipped first before the others', () => {
  let sitting = skipped(freshSitting, b);
  sitting = skipped(sitting, a);
  expect(names(ordered(queue('a', 'b', 'c', 'd'), sitting))).toBe('cdba');
});

it('goes round: a suspect skipped again goes behind the others that were skipped', () => {
  let sitting = skipped(freshSitting, a);
  sitting = skipped(sitting, b);
  sitting = skipped(sitting, a);
  expect(names(ordered(queue('a', 'b'), sitting))).toBe('ba');
});

it('brings back what was not saved', () => {
  expect(names(ordered(queue('a', 'b'), failed(decided(freshSitting, [a]), [a])))).toBe('ab');
});

it('goes back to a suspect whose decision was undone, wherever it ranks', () => {
  const sitting = settled(decided(freshSitting, [b]), [b]);
  expect(names(ordered(queue('a', 'c'), sitting))).toBe('ac');
  expect(names(ordered(queue('a', 'b', 'c'), sitting))).toBe('bac');
});

it('goes back step by step, and forth again in the order of the first time', () => {
  let sitting = settled(decided(freshSitting, [b]), [b]);
  sitting = settled(decided(sitting, [a]), [a]);
  expect(names(ordered(queue('a', 'c'), sitting))).toBe('ac');
  expect(names(ordered(queue('a', 'b', 'c'), sitting))).toBe('bac');
  expect(names(ordered(queue('a', 'b', 'c'), decided(sitting, [b])))).toBe('ac');
});

it('hides a suspect again that was taken back and decided about anew', () => {
  const sitting = decided(settled(decided(freshSitting, [a]), [a]), [a]);
  expect(names(ordered(queue('a', 'b'), sitting))).toBe('b');
});

it('lets a skipped suspect that was taken back be skipped again', () => {
  const sitting = skipped(settled(decided(freshSitting, [a]), [a]), a);
  expect(names(ordered(queue('a', 'b'), sitting))).toBe('ba');
});

it('goes back in the order of the decisions, whichever was saved first', () => {
  let sitting = decided(decided(freshSitting, [a]), [b]);
  sitting = settled(settled(sitting, [b]), [a]);
  expect(names(ordered(queue('b', 'c'), sitting))).toBe('bc');
  expect(names(ordered(queue('b', 'a', 'c'), sitting))).toBe('abc');
});

it('keeps what is on screen when the labels are audited anew, until it is decided about or put off', () => {
  const sitting = looking(freshSitting, [a]);
  expect(names(ordered(queue('c', 'b', 'a'), sitting))).toBe('acb');
  expect(names(ordered(queue('c', 'b', 'a'), decided(sitting, [a])))).toBe('cb');
  expect(names(ordered(queue('c', 'b', 'a'), skipped(sitting, a)))).toBe('cba');
  // What was taken back comes before it.
  const back = settled(decided(sitting, [b]), [b]);
  expect(names(ordered(queue('c', 'b', 'a'), back))).toBe('bac');
});
