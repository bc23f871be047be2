import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { en } from './en/catalogue.ts';
import { countText, leftText } from './job-text.ts';

beforeAll(() => i18next.init({ lng: 'en', resources: { en: { translation: en } } }));

test('how far a step is: of how many, where that is known', () => {
  expect(countText({ done: 345, total: 1200 })).toBe('345 of 1,200');
  expect(countText({ done: 345, total: 0 })).toBe('345');
  expect(countText({ done: 0, total: 0 })).toBe('');
});

test('the time left is a guess and told in whole seconds', () => {
  expect(leftText(3.4)).toBe('this step: about 3 sec left');
  expect(leftText(0.2)).toBe('this step: about 1 sec left');
  expect(leftText(12.4, 'short')).toBe('~12 sec');
});
