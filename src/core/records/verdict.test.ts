import { expect, test } from 'vitest';
import { evidenceChange, hasNewEvidence } from './verdict.ts';
import type { ClassId } from '../ids.ts';

const verdict = { given: 'a' as ClassId, suggested: 'b' as ClassId, score: 0.4 };

test('what was kept stays kept while the evidence stays', () => {
  expect(hasNewEvidence(verdict, verdict)).toBe(false);
  expect(hasNewEvidence(verdict, { ...verdict, score: 0.35 })).toBe(false);
  expect(hasNewEvidence(verdict, { ...verdict, score: 0.9 })).toBe(false);
});

test('a clearly lower score, another suggestion or another label asks again', () => {
  expect(hasNewEvidence(verdict, { ...verdict, score: 0.4 - evidenceChange })).toBe(true);
  expect(hasNewEvidence(verdict, { ...verdict, suggested: 'c' as ClassId })).toBe(true);
  expect(hasNewEvidence(verdict, { ...verdict, given: 'b' as ClassId })).toBe(true);
});
