import { expect, it } from 'vitest';
import type { RunPart } from '#contract/training.ts';
import { accuracySeries, largestLoss, lossSeries } from './run-series.ts';

const part = (regime: RunPart['regime'], fold: number | null, losses: readonly number[]): RunPart => ({
  ...{ regime, fold, folds: 5, steps: 100, ofEpochs: 4 },
  losses: losses.map((loss, at) => ({ step: (at + 1) * 10, loss })),
  epochs: losses.map((_, at) => ({ epoch: at + 1, accuracy: 0.5 + at / 10, logLoss: 1 })),
});
const words = {
  current: ({ fold }: RunPart, { y }: { y: number }) => `fold ${fold}: ${y.toFixed(1)}`,
  regime: (regime: string) => regime,
};
const parts = [part('blocks', 1, [2, 1]), part('blocks', 2, [1.9]), part('full', 1, [2.2, 0.9])];

it('draws a line for each part; the current one is told with its value, other regimes by name', () => {
  const series = lossSeries(parts, words);
  expect(series.map(({ id, isCurrent, label }) => [id, isCurrent, label])).toEqual([
    ['blocks-1', false, undefined],
    ['blocks-2', false, 'blocks'],
    ['full-1', true, 'fold 1: 0.9'],
  ]);
  expect(series[0]?.points).toEqual([
    { x: 10, y: 2 },
    { x: 20, y: 1 },
  ]);
  expect(accuracySeries(parts, words)[2]?.points).toEqual([
    { x: 1, y: 0.5 },
    { x: 2, y: 0.6 },
  ]);
});

it('names nothing before there is something to name', () => {
  expect(lossSeries([part('full', null, [])], words)).toEqual([
    { id: 'full-all', points: [], isCurrent: true, label: undefined },
  ]);
  expect(largestLoss([])).toBe(0);
  expect(largestLoss(parts)).toBe(2.2);
});

it('shows the trend of the loss: the mean of the points shortly before', () => {
  const scattered = { ...part('full', 1, [2, 1, 2, 1]), steps: 400 };
  expect(lossSeries([scattered], words)[0]?.points.map(({ y }) => y)).toEqual([2, 1.5, 5 / 3, 4 / 3]);
});
