import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassId } from '#core/ids.ts';
import { pickClass } from '../state/actions.ts';
import { hotkeyChord } from '../state/keys.ts';
import { useCanEdit, useClasses } from '../state/queries.ts';
import { ClassChip } from '../ui/class-chip.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import styles from './label-picker.module.css';

export interface LabelPickerProps {
  /** Whether what is selected has the class: all of it, none, or some. */
  readonly isGiven: (id: ClassId) => boolean | 'mixed';
}

/** The classes with their keys; a press labels what is selected. */
export function LabelPicker({ isGiven }: LabelPickerProps): ReactNode {
  const { t } = useTranslation();
  const classes = useClasses();
  const canEdit = useCanEdit();
  if (classes.length === 0) return null;
  return (
    <div className={styles.list} role="group" aria-label={t('app.palette.classes')}>
      {classes.map(({ id, name, colour, hotkey }) => (
        <UnstyledButton
          key={id}
          className={styles.item}
          aria-pressed={isGiven(id)}
          disabled={!canEdit}
          onClick={() => pickClass(id)}
        >
          <ClassChip name={name} colour={colour} isPredicted={isGiven(id) !== true} />
          {hotkey !== null && <KeyCap chord={hotkeyChord(hotkey)} />}
        </UnstyledButton>
      ))}
    </div>
  );
}
