import { expect, test } from 'vitest';
import { spreadOver } from './spread-over.ts';

const items = Array.from({ length: 100 }, (_, i) => i);

test('items are spread evenly, each once', () => {
  expect(spreadOver(items, { count: 4, round: 0 })).toEqual([0, 25, 50, 75]);
  for (let round = 0; round < 50; round++) {
    const found = spreadOver(items, { count: 4, round });
    expect(new Set(found).size).toBe(4);
    found.forEach((item, i) => expect(Math.floor(item / 25)).toBe(i));
  }
});

test('rounds show other items', () => {
  const seen = new Set(Array.from({ length: 20 }, (_, round) => spreadOver(items, { count: 4, round })[0]));
  expect(seen.size).toBeGreaterThan(15);
});

test('there may be fewer than wanted, or none', () => {
  expect(spreadOver([7, 8], { count: 4, round: 3 })).toEqual([7, 8]);
  expect(spreadOver([], { count: 4, round: 0 })).toEqual([]);
});
