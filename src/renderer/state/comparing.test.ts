import { expect, it } from 'vitest';
import { modelBefore } from './comparing.ts';

const models = [
  { id: 'retrained', head: null },
  { id: 'network', head: 'head' },
  { id: 'other', head: null },
  { id: 'head', head: null },
];

it('is what a network began with, or else the next older model', () => {
  expect(modelBefore(models, 'network')).toBe('head');
  expect(modelBefore(models, 'retrained')).toBe('network');
  expect(modelBefore(models.slice(0, 3), 'network')).toBe('other');
});

it('is nothing for the oldest or an unknown model', () => {
  expect(modelBefore(models, 'head')).toBeNull();
  expect(modelBefore(models, 'gone')).toBeNull();
});
