import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { actionKey } from '../i18n/text.ts';
import { actionSpecs, type ActionId } from '../state/action-specs/all.ts';
import { keysOf } from '../state/action-specs/spec.ts';
import { actionsIn } from '../state/actions.ts';
import { actionUsing } from '../state/key-conflicts.ts';
import { hotkeyChord } from '../state/keys.ts';
import { usePreferences } from '../state/preferences.ts';
import { useClasses } from '../state/queries.ts';
import { useView } from '../state/view.ts';
import { ClassChip } from '../ui/class-chip.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import styles from './cheat-sheet.module.css';
import type { DialogProps } from './settings.tsx';

/** The keys that work where the person is now. */
export function CheatSheet({ isOpen, onClose }: DialogProps): ReactNode {
  const { t } = useTranslation();
  const { keymap } = usePreferences();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      size={860}
      title={`${t('app.keys.title')} · ${t(`app.keymap.${keymap}`)}`}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {isOpen && <Sheet />}
    </Modal>
  );
}

function Sheet(): ReactNode {
  const { t } = useTranslation();
  const view = useView((state) => state.view);
  const { keymap } = usePreferences();
  const ids = actionsIn(view).filter((id) => keysOf(actionSpecs[id], keymap).length > 0);
  const isGlobal = (id: ActionId): boolean => actionSpecs[id].scopes.includes('global');
  return (
    <div className={styles.columns}>
      <Group title={t('app.keys.here')} ids={ids.filter((id) => !isGlobal(id))} />
      <ClassKeys />
      <Group title={t('app.keys.anywhere')} ids={ids.filter(isGlobal)} />
    </div>
  );
}

function Group({ title, ids }: { readonly title: string; readonly ids: readonly ActionId[] }): ReactNode {
  const { t } = useTranslation();
  const { keymap } = usePreferences();
  if (ids.length === 0) return null;
  return (
    <section className={styles.group}>
      <h3 className={styles.title}>{title}</h3>
      {ids.map((id) => (
        <div key={id} className={styles.row}>
          <span>{t(actionKey(id))}</span>
          <span className={styles.caps}>
            {keysOf(actionSpecs[id], keymap).map((chord) => (
              <KeyCap key={chord} chord={chord} />
            ))}
          </span>
        </div>
      ))}
    </section>
  );
}

function ClassKeys(): ReactNode {
  const { t } = useTranslation();
  const { keymap } = usePreferences();
  const withKeys = useClasses().filter(({ hotkey }) => hotkey !== null);
  if (withKeys.length === 0) return null;
  return (
    <section className={styles.group}>
      <h3 className={styles.title}>{t('app.keys.classes')}</h3>
      {withKeys.map(({ id, name, colour, hotkey }) => {
        const chord = hotkeyChord(hotkey ?? '');
        const taken = actionUsing(chord, keymap);
        return (
          <div key={id} className={styles.row}>
            <ClassChip name={name} colour={colour} />
            <KeyCap chord={chord} />
            {taken !== null && (
              <p className={styles.conflict}>
                {t('app.keys.conflicts', { name, action: t(actionKey(taken)) })}
              </p>
            )}
          </div>
        );
      })}
    </section>
  );
}
