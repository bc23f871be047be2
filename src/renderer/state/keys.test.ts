import { expect, test } from 'vitest';
import { chordOf, hotkeyChord, isForTyping } from './keys.ts';

const press = (key: string, held: Partial<Parameters<typeof chordOf>[0]> = {}): string | null =>
  chordOf({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

test('chords read as people write them', () => {
  expect(press('z', { ctrlKey: true })).toBe('Ctrl+Z');
  expect(press('Z', { ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+Z');
  expect(press('z', { metaKey: true })).toBe('Ctrl+Z');
  expect(press('?', { shiftKey: true })).toBe('?');
  expect(press('1')).toBe('1');
  expect(press(' ')).toBe('Space');
  expect(press('ArrowLeft', { shiftKey: true })).toBe('Shift+ArrowLeft');
  expect(press('Shift', { shiftKey: true })).toBeNull();
});

test('letters work under a Korean input method', () => {
  expect(press('ㅁ', { code: 'KeyA' })).toBe('A');
  expect(press('Process', { code: 'KeyZ', ctrlKey: true })).toBe('Ctrl+Z');
  expect(press('Process', { code: 'Digit3' })).toBe('3');
});

test('a class hotkey is the chord that presses it', () => {
  expect(hotkeyChord('q')).toBe('Q');
  expect(hotkeyChord('7')).toBe('7');
});

test('what a text field needs is left to it', () => {
  for (const chord of ['A', '1', 'Shift+A', 'Space', 'Ctrl+A', 'Ctrl+Z', 'Ctrl+ArrowLeft']) {
    expect(isForTyping(chord), chord).toBe(true);
  }
  for (const chord of ['Ctrl+K', 'Ctrl+1', 'Alt+H']) expect(isForTyping(chord), chord).toBe(false);
});
