import { expect, test } from 'vitest';
import { jobShare, stepSecondsLeft, stepStart } from './job-progress.ts';

const job = { id: 'j1', step: 'embed' as const, done: 0, total: 100 };

test('the time left of a step follows its pace since it began', () => {
  const start = stepStart(null, job, 50_000);
  expect(stepSecondsLeft(start, { ...job, done: 25 }, 60_000)).toBeCloseTo(30);
});

test('a step that was under way when it was first seen is judged by what it did since', () => {
  const start = stepStart(null, { ...job, done: 50 }, 0);
  expect(stepSecondsLeft(start, { ...job, done: 60 }, 10_000)).toBeCloseTo(40);
});

test('the pace is kept while a step goes on, and measured anew in another job, step or part of it', () => {
  const start = stepStart(null, { ...job, done: 10 }, 0);
  expect(stepStart(start, { ...job, done: 20 }, 1000)).toBe(start);
  expect(stepStart(start, { ...job, done: 0 }, 1000).at).toBe(1000);
  expect(stepStart(start, { ...job, step: 'head', done: 20 }, 1000).at).toBe(1000);
  expect(stepStart(start, { ...job, id: 'j2', done: 20 }, 1000).at).toBe(1000);
});

test('nothing is said too early or without a total', () => {
  const start = stepStart(null, job, 0);
  expect(jobShare({ done: 5, total: 0 })).toBeNull();
  expect(stepSecondsLeft(start, { ...job, done: 5, total: 0 }, 10_000)).toBeNull();
  expect(stepSecondsLeft(start, { ...job, done: 1, total: 1000 }, 10_000)).toBeNull();
  expect(stepSecondsLeft(start, { ...job, done: 50 }, 500)).toBeNull();
});
