import { Modal, SegmentedControl, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preferences } from '#contract/preferences.ts';
import { setPreferences, usePreferences } from '../state/preferences.ts';
import { DeviceList } from './device-list.tsx';
import styles from './settings.module.css';

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The person's preferences. */
export function Settings({ isOpen, onClose }: DialogProps): ReactNode {
  const { t } = useTranslation();
  const { theme, locale, keymap, autoAdvance, backgroundTraining } = usePreferences();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('app.settings.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Choice<Preferences['theme']>
        label={t('app.settings.theme')}
        value={theme}
        values={[
          ['dark', t('app.settings.dark')],
          ['light', t('app.settings.light')],
          ['system', t('app.settings.system')],
        ]}
        onChange={(value) => setPreferences({ theme: value })}
      />
      <Choice<Preferences['locale']>
        label={t('app.settings.language')}
        value={locale}
        values={[
          ['en', 'English'],
          ['ko', '한국어'],
        ]}
        onChange={(value) => setPreferences({ locale: value })}
      />
      <Choice<Preferences['keymap']>
        label={t('app.settings.keymap')}
        value={keymap}
        values={[
          ['emend', t('app.keymap.emend')],
          ['cvat', t('app.keymap.cvat')],
          ['labelme', t('app.keymap.labelme')],
        ]}
        onChange={(value) => setPreferences({ keymap: value })}
      />
      <Switch
        classNames={{ root: styles.switch ?? '', body: styles.row ?? '' }}
        labelPosition="left"
        label={t('app.settings.autoAdvance')}
        checked={autoAdvance}
        onChange={(event) => setPreferences({ autoAdvance: event.currentTarget.checked })}
      />
      <Switch
        classNames={{ root: styles.switch ?? '', body: styles.row ?? '' }}
        labelPosition="left"
        label={t('app.settings.backgroundTraining')}
        checked={backgroundTraining}
        onChange={(event) => setPreferences({ backgroundTraining: event.currentTarget.checked })}
      />
      <DeviceList />
    </Modal>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly values: readonly (readonly [value: T, label: string])[];
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, values, onChange }: ChoiceProps<T>): ReactNode {
  return (
    <div className={styles.row}>
      <span>{label}</span>
      <SegmentedControl
        aria-label={label}
        value={value}
        data={values.map(([item, name]) => ({ value: item, label: name }))}
        onChange={(next) => onChange(next as T)}
      />
    </div>
  );
}
