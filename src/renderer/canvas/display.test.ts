import { expect, it } from 'vitest';
import { asRecorded, displayFilter } from './display.ts';

it('leaves an image as recorded alone', () => {
  expect(displayFilter(asRecorded)).toBe('none');
});

it('brightens and darkens by the same factor', () => {
  expect(displayFilter({ brightness: 50, contrast: 0 })).toBe('brightness(2) contrast(1)');
  expect(displayFilter({ brightness: -50, contrast: 100 })).toBe('brightness(0.5) contrast(4)');
});
