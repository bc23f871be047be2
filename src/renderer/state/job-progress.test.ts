import { expect, test } from 'vitest';
import { jobShare, secondsLeft } from './job-progress.ts';

test('the time left follows the pace so far', () => {
  expect(secondsLeft({ done: 25, total: 100, startedAt: 0 }, 10_000)).toBeCloseTo(30);
});

test('nothing is said too early or without a total', () => {
  expect(jobShare({ done: 5, total: 0 })).toBeNull();
  expect(secondsLeft({ done: 5, total: 0, startedAt: 0 }, 10_000)).toBeNull();
  expect(secondsLeft({ done: 1, total: 1000, startedAt: 0 }, 10_000)).toBeNull();
  expect(secondsLeft({ done: 50, total: 100, startedAt: 0 }, 500)).toBeNull();
});
