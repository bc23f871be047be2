import { expect, test } from 'vitest';
import type { AnnotatorId } from '../ids.ts';
import { newestFirst } from './label.ts';

const at = (time: number, annotator: string) => ({ time, annotator: annotator as AnnotatorId });

test('the newest label is current; of one millisecond that of the greatest annotator id, in any order', () => {
  const sorted = [at(2, 'b'), at(2, 'a'), at(1, 'c')];
  for (const [i, j, k] of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ] as const)
    expect([sorted[i], sorted[j], sorted[k]].sort(newestFirst as never)).toEqual(sorted);
  expect(newestFirst(at(1, 'a'), at(1, 'a'))).toBe(0);
});
