import { expect, test } from 'vitest';
import { batchTargets } from './batch-targets.ts';

const known = {
  ...{ classCount: 2, smoothing: 0.5, batch: 4 },
  labels: Int32Array.of(1, -1, 0),
  domains: Int32Array.of(0, 1, -1),
};

test('labels are smoothed and share the loss; what is unknown or an empty place has no part in it', () => {
  const { targets, weights, domains } = batchTargets(known, Int32Array.of(0, 1, 2));
  expect([...targets]).toEqual([0.25, 0.75, 0.25, 0.25, 0.75, 0.25, 0.25, 0.25]);
  expect([...weights]).toEqual([0.5, 0, 0.5, 0]);
  expect([...(domains ?? [])]).toEqual([0, 1, -1, -1]);
});

test('domains are told only where a loss asks', () => {
  expect(batchTargets({ ...known, domains: null }, Int32Array.of(0)).domains).toBeNull();
});

test('a batch of which nothing is known has no loss', () => {
  expect([...batchTargets(known, Int32Array.of(1)).weights]).toEqual([0, 0, 0, 0]);
});
