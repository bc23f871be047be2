import { afterEach, expect, test, vi } from 'vitest';
import { showWaiting } from './progress.ts';

const { isTTY } = process.stderr;

afterEach(() => {
  process.stderr.isTTY = isTTY;
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What is written to stderr while some work goes on for 2.5 s. */
async function written(isTerminal: boolean): Promise<string[]> {
  vi.useFakeTimers();
  process.stderr.isTTY = isTerminal;
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  const { promise, resolve } = Promise.withResolvers<string>();
  const shown = showWaiting('verify', promise);
  await vi.advanceTimersByTimeAsync(2500);
  resolve('report');
  expect(await shown).toBe('report');
  await vi.advanceTimersByTimeAsync(2500);
  return lines;
}

test('on a terminal the seconds are counted, and the line goes in the end', async () => {
  const start = '\r\x1b[K';
  expect(await written(true)).toEqual([
    `${start}verify: 0 s`,
    `${start}verify: 1 s`,
    `${start}verify: 2 s`,
    start,
  ]);
});

test('in a log nothing is written', async () => {
  expect(await written(false)).toEqual([]);
});
