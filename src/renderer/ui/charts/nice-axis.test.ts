import { expect, it } from 'vitest';
import { niceTicks, spreadOut, wholeTicks } from './nice-axis.ts';

it('marks an axis with a few round numbers that hold the largest value', () => {
  expect(niceTicks(2.3)).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
  expect(niceTicks(0.8)).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
  expect(niceTicks(600)).toEqual([0, 200, 400, 600]);
  expect(niceTicks(0)).toEqual([0, 1]);
  for (const largest of [0.013, 0.99, 1, 7, 12, 47, 333, 9999]) {
    const ticks = niceTicks(largest);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(largest);
    expect(ticks.length).toBeGreaterThanOrEqual(4);
    expect(ticks.length).toBeLessThanOrEqual(6);
  }
});

it('moves labels apart that would lie on each other, and no others', () => {
  expect(spreadOut([10, 50, 12], 8)).toEqual([10, 50, 18]);
  expect(spreadOut([50, 10], 8)).toEqual([50, 10]);
});

it('marks counts with whole numbers', () => {
  expect(wholeTicks(3)).toEqual([0, 1, 2, 3]);
  expect(wholeTicks(12)).toEqual([0, 2, 4, 6, 8, 10, 12]);
  expect(wholeTicks(40)).toEqual([0, 10, 20, 30, 40]);
  expect(wholeTicks(0)).toEqual([0, 1]);
});
