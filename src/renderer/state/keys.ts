// A chord is written as people read it: `Ctrl+Shift+Z`, `Escape`, `?`, `ArrowLeft`. Modifiers come in the order
// Ctrl, Alt, Shift; Command counts as Ctrl. Shift is not named where it makes another character (`?`, `+`).

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const named: Readonly<Record<string, string>> = { ' ': 'Space', Esc: 'Escape', Del: 'Delete' };
const modifiers = new Set([
  'Control',
  'Shift',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
  'Dead',
  'Unidentified',
]);

/** The key by its Latin name, also under a Korean (or other) input method, which reports other characters. */
function keyName({ key, code }: Pressed): string {
  const isOther = key === 'Process' || (key.length === 1 && key > '~');
  if (isOther && /^(Key[A-Z]|Digit\d)$/.test(code)) return code.slice(-1);
  if (key.length === 1 && key !== ' ') return key.toUpperCase();
  return named[key] ?? key;
}

/** The chord that was pressed, or null for a modifier alone. */
export function chordOf(event: Pressed): string | null {
  if (modifiers.has(event.key)) return null;
  const name = keyName(event);
  const showsShift = name.length > 1 || /[A-Z]/.test(name);
  const held = [
    (event.ctrlKey || event.metaKey) && 'Ctrl',
    event.altKey && 'Alt',
    event.shiftKey && showsShift && 'Shift',
  ];
  return [...held.filter((part) => part !== false), name].join('+');
}

/** The chord of a class's hotkey, which is stored as `KeyboardEvent.key` names it. */
export function hotkeyChord(hotkey: string): string {
  return (
    chordOf({ key: hotkey, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }) ?? ''
  );
}

/** Whether pressing the chord would (also) type or edit in a text field. */
export function isForTyping(chord: string): boolean {
  return (
    !/^(Ctrl|Alt)\+/.test(chord) || /^Ctrl\+(Shift\+)?[ACVXYZ]$/.test(chord) || /^Ctrl\+Arrow/.test(chord)
  );
}
