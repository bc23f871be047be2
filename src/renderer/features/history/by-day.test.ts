import { expect, test } from 'vitest';
import { byDay } from './by-day.ts';

const at = (day: number, hour: number): { time: number } => ({
  time: new Date(2026, 4, day, hour).getTime(),
});

test('entries are grouped by calendar day and keep their order', () => {
  const entries = [at(3, 9), at(3, 1), at(2, 23), at(1, 12)];
  expect(byDay(entries).map(({ entries }) => entries)).toEqual([
    [entries[0], entries[1]],
    [entries[2]],
    [entries[3]],
  ]);
  expect(byDay([])).toEqual([]);
});
