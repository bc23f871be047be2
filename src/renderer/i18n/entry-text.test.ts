import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import type { HistoryEntry } from '#contract/history.ts';
import { en } from './en/catalogue.ts';
import { entryText } from './entry-text.ts';
import { ko } from './ko/catalogue.ts';

beforeAll(() =>
  i18next.init({
    lng: 'en',
    resources: { en: { translation: en }, ko: { translation: ko } },
    interpolation: { escapeValue: false },
  }),
);

test('what somebody did reads as a sentence with nothing left open', () => {
  const said = (done: Pick<HistoryEntry, 'action' | 'detail'>) => entryText({ ...done, targetAction: null });
  expect([
    said({ action: 'label.set', detail: { class: 'monocyte', count: 1200 } }),
    said({ action: 'suspect.decide', detail: { decision: 'mixed', count: 24 } }),
    said({ action: 'class.merge', detail: { from: 'a', into: 'b', count: 3 } }),
    said({ action: 'class.update', detail: { count: 3 } }),
    said({ action: 'images.add', detail: { folder: 'slides', count: 512 } }),
  ]).toEqual([
    '1,200 labelled monocyte',
    'Suspects decided: 24, some accepted, some kept',
    'Class a merged into b',
    'Classes reordered',
    '512 images added from slides',
  ]);
});

test.each([
  ['en', 'Undone: 3 labelled monocyte', 'Done again: Restored to row 1,204'],
  ['ko', '실행 취소: 3개에 monocyte 라벨', '다시 실행: 1,204행으로 복원'],
])('an undo and a redo say what they were about (%s)', async (language, undone, redone) => {
  await i18next.changeLanguage(language);
  const labelled = { action: 'label.set', detail: { class: 'monocyte', count: 3 } } as const;
  const restored = { action: 'history.restore', detail: { seq: 1204 } } as const;
  expect(entryText({ action: 'undo', detail: {}, targetAction: labelled })).toBe(undone);
  expect(entryText({ action: 'redo', detail: {}, targetAction: restored })).toBe(redone);
});
