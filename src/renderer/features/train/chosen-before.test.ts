import { expect, it } from 'vitest';
import type { Candidate } from '#contract/training.ts';
import { preferredBefore } from './chosen-before.ts';

const head: Candidate = {
  ...{ regime: 'head', accuracy: 0.8, isChosen: false },
  ...{ gain: null, standardError: null },
};
const blocks: Candidate = { ...head, regime: 'blocks', gain: 0.02, standardError: 0.01 };
const full: Candidate = { ...head, regime: 'full', gain: 0.01, standardError: 0.02 };

it('is the last that was worth its price', () => {
  expect(preferredBefore([head, blocks, full], full)).toBe(blocks);
  expect(preferredBefore([head, blocks, full], blocks)).toBe(head);
  expect(preferredBefore([head, full, blocks], blocks)).toBe(head);
  expect(preferredBefore([head, blocks], head)).toBeNull();
});
