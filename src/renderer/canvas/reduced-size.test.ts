import { expect, it } from 'vitest';
import { reducedSize } from './reduced-size.ts';

it('keeps the proportions and never makes an image larger', () => {
  expect(reducedSize({ width: 6000, height: 4000 }, 2400)).toEqual({ width: 2400, height: 1600 });
  expect(reducedSize({ width: 2400, height: 100 }, 2400)).toBeNull();
  expect(reducedSize({ width: 1, height: 9000 }, 2400)).toEqual({ width: 1, height: 2400 });
});
