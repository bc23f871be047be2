import { expect, it } from 'vitest';
import { along, shareDomain, ticks } from './axis.ts';

it('places values on an axis and holds those beyond it at its ends', () => {
  expect([0.5, 0.75, 1, 0.2].map((value) => along({ from: 0.5, to: 1 }, value))).toEqual([0, 50, 100, 0]);
});

it('uses as much of the axis as all intervals leave', () => {
  expect(shareDomain([0.42, 0.97])).toEqual({ from: 0, to: 1 });
  expect(shareDomain([0.62, 0.97])).toEqual({ from: 0.5, to: 1 });
  expect(shareDomain([0.93, 0.97])).toEqual({ from: 0.9, to: 1 });
  expect(shareDomain([])).toEqual({ from: 0, to: 1 });
});

it('names round numbers, both ends included', () => {
  expect(ticks({ from: 0, to: 1 })).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks({ from: 0, to: 0.05 })).toEqual([0, 0.01, 0.02, 0.03, 0.04, 0.05]);
  expect(ticks({ from: 0.8, to: 1 })).toEqual([0.8, 0.85, 0.9, 0.95, 1]);
});
