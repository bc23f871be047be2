import { Button } from '@mantine/core';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassId } from '#core/ids.ts';
import { actionKey } from '../../i18n/text.ts';
import { actionUsing } from '../../state/key-conflicts.ts';
import { chordOf, hotkeyChord } from '../../state/keys.ts';
import { usePreferences } from '../../state/preferences.ts';
import { useClasses } from '../../state/queries.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import styles from './class-section.module.css';

export interface HotkeyFieldProps {
  readonly value: string | null;
  /** The class that the key is for; null for a new one. */
  readonly self: ClassId | null;
  readonly onChange: (hotkey: string | null) => void;
}

/** The key of a class: press the button, then the key. Says at once what else the key does. */
export function HotkeyField({ value, self, onChange }: HotkeyFieldProps): ReactNode {
  const { t } = useTranslation();
  const { keymap } = usePreferences();
  const classes = useClasses();
  const [isListening, setListening] = useState(false);
  const chord = value === null ? null : hotkeyChord(value);
  const action = chord === null ? null : actionUsing(chord, keymap);
  const other = classes.find(
    ({ id, hotkey }) => id !== self && hotkey !== null && hotkeyChord(hotkey) === chord,
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isListening || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const pressed = chordOf(event.nativeEvent);
    if (pressed === null) return;
    setListening(false);
    // One bare key: digits, letters, function keys. Escape leaves everything as it was.
    if (pressed !== 'Escape' && !pressed.includes('+'))
      onChange(pressed.length === 1 ? pressed.toLowerCase() : pressed);
  };
  return (
    <div>
      <p className={styles.caption}>{t('data.class.hotkey')}</p>
      <div className={styles.hotkey}>
        <Button
          variant="default"
          onClick={() => setListening(true)}
          onKeyDown={onKeyDown}
          onBlur={() => setListening(false)}
        >
          {isListening ? (
            t('data.class.pressKey')
          ) : chord === null ? (
            t('data.class.noHotkey')
          ) : (
            <KeyCap chord={chord} />
          )}
        </Button>
        {value !== null && (
          <Button variant="subtle" color="gray" onClick={() => onChange(null)}>
            {t('common.clear')}
          </Button>
        )}
      </div>
      {other !== undefined && (
        <p className={styles.warn}>{t('data.class.keyOfClass', { name: other.name })}</p>
      )}
      {action !== null && (
        <p className={styles.warn}>{t('data.class.keyOfAction', { action: t(actionKey(action)) })}</p>
      )}
    </div>
  );
}
