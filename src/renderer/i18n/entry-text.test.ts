import { beforeAll, expect, test } from 'vitest';
import { entryText } from './entry-text.ts';
import i18next from 'i18next';
import { en } from './en/catalogue.ts';

beforeAll(() =>
  i18next.init({ lng: 'en', resources: { en: { translation: en } }, interpolation: { escapeValue: false } }),
);

test('what somebody did reads as a sentence with nothing left open', () => {
  const said = [
    entryText({ action: 'label.set', detail: { class: 'monocyte', count: 1200 } }),
    entryText({ action: 'suspect.decide', detail: { decision: 'mixed', count: 24 } }),
    entryText({ action: 'class.merge', detail: { from: 'a', into: 'b', count: 3 } }),
    entryText({ action: 'class.update', detail: { count: 3 } }),
    entryText({ action: 'images.add', detail: { folder: 'slides', count: 512 } }),
    entryText({ action: 'undo', detail: {} }),
  ];
  expect(said).toEqual([
    '1,200 labelled monocyte',
    'Suspects decided: 24, some accepted, some kept',
    'Class a merged into b',
    'Classes reordered',
    '512 images added from slides',
    'Undone',
  ]);
});
