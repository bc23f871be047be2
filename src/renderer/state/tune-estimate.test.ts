import { expect, it } from 'vitest';
import type { ModelInfo } from '#contract/model.ts';
import { estimateSeconds } from './tune-estimate.ts';

const part: ModelInfo['parts'][number] = {
  regime: 'full',
  fold: 1,
  folds: 5,
  steps: 10,
  ofEpochs: 2,
  losses: [],
  epochs: [],
};
const network = (regime: 'blocks' | 'full', seconds: number) => ({
  ...{ regime, seconds, base: 'net', units: 100 },
  parts: Array.from({ length: 6 }, () => part),
});

it('goes by the last network of the regime, by its parts and labels', () => {
  const models = [network('blocks', 60), network('full', 600), network('full', 6000)];
  expect(estimateSeconds(models, 'full', { parts: 6, labels: 100 })).toBe(600);
  expect(estimateSeconds(models, 'full', { parts: 3, labels: 200 })).toBe(600);
  expect(estimateSeconds(models, 'head-then-full', { parts: 6, labels: 100 })).toBe(60);
});

it('says nothing where nothing is known or nothing will be trained', () => {
  const head = { ...network('full', 5), base: null };
  expect(estimateSeconds([head], 'full', { parts: 6, labels: 100 })).toBeNull();
  expect(estimateSeconds([network('full', 5)], 'full', { parts: 0, labels: 100 })).toBeNull();
});
