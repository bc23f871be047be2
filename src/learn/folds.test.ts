import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { dealFolds } from './folds.ts';

const units = fc.array(fc.record({ label: fc.nat(4), group: fc.nat(30) }), { minLength: 1, maxLength: 200 });

test('a group is never split, whatever the labels', () => {
  fc.assert(
    fc.property(units, fc.integer(), (all, seed) => {
      const groups = Int32Array.from(all, ({ group }) => group);
      const labels = Int32Array.from(all, ({ label }) => label);
      const dealt = dealFolds(labels, groups, { classCount: 5, folds: 5, random: seededRandom(seed) });
      const foldOf = new Map<number, number>();
      for (const [i, group] of groups.entries()) {
        expect(dealt.fold[i]).toBe(foldOf.get(group) ?? dealt.fold[i]);
        foldOf.set(group, dealt.fold[i]!);
      }
      expect(dealt.folds).toBe(Math.min(5, new Set(groups).size));
      expect(new Set(dealt.fold).size).toBe(dealt.folds);
    }),
  );
});

test('single units are dealt evenly within every class', () => {
  const labels = Int32Array.from({ length: 1037 }, (_, i) => (i % 100 === 0 ? 2 : i % 2));
  const groups = labels.map((_, i) => i);
  const { fold } = dealFolds(labels, groups, { classCount: 3, folds: 5, random: seededRandom(1) });
  for (const label of [0, 1, 2]) {
    const counts = [0, 0, 0, 0, 0];
    for (const [i, own] of fold.entries()) if (labels[i] === label) counts[own]!++;
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  }
});

test('the seed decides', () => {
  const labels = Int32Array.from({ length: 100 }, (_, i) => i % 3);
  const deal = (seed: number): Int32Array =>
    dealFolds(
      labels,
      labels.map((_, i) => i),
      { classCount: 3, folds: 5, random: seededRandom(seed) },
    ).fold;
  expect(deal(1)).toEqual(deal(1));
  expect(deal(1)).not.toEqual(deal(2));
});

test('a large group among small ones does not make a large fold', () => {
  const labels = new Int32Array(100);
  const groups = labels.map((_, i) => (i < 20 ? 0 : i));
  for (const seed of [1, 2, 3]) {
    const { fold } = dealFolds(labels, groups, { classCount: 1, folds: 5, random: seededRandom(seed) });
    for (const own of [0, 1, 2, 3, 4]) expect(fold.filter((one) => one === own)).toHaveLength(20);
  }
});
