import { expect, test } from 'vitest';
import { limitOf, StepTooSlowError, within } from './step-limit.ts';

test('a step may take ten times what others took, and a minute at least', () => {
  expect(limitOf([])).toBeGreaterThan(60_000);
  expect(limitOf([10, 20, 30])).toBe(60_000);
  expect(limitOf([9_000, 8_000, 100_000])).toBe(90_000);
});

test('what comes in time is passed on, what does not is a problem', async () => {
  expect(await within(1000, Promise.resolve(7))).toBe(7);
  await expect(within(1000, Promise.reject(new Error('other')))).rejects.toThrow('other');
  await expect(within(20, new Promise<never>(() => {}))).rejects.toThrow(StepTooSlowError);
});
