import { Tooltip, UnstyledButton } from '@mantine/core';
import IconCommand from '@tabler/icons-react/dist/esm/icons/IconCommand.mjs';
import IconSettings from '@tabler/icons-react/dist/esm/icons/IconSettings.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionId } from '../state/action-specs/all.ts';
import { actionSpecs } from '../state/action-specs/all.ts';
import { keysOf } from '../state/action-specs/spec.ts';
import { runAction } from '../state/actions.ts';
import { usePreferences } from '../state/preferences.ts';
import { useView } from '../state/view.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import styles from './rail.module.css';
import { views, type View } from './views.ts';

/** The views, one icon each. */
export function Rail(): ReactNode {
  const { t } = useTranslation();
  return (
    <nav className={styles.rail} aria-label={t('app.navigation')}>
      {views.map((view) => view.icon !== undefined && <RailButton key={view.name} view={view} />)}
      <span className={styles.space} />
      <IconButton
        label={t('app.action.palette')}
        chord="Ctrl+K"
        size={36}
        onClick={() => runAction('app.palette')}
      >
        <IconCommand size={18} stroke={1.6} />
      </IconButton>
      <IconButton label={t('app.action.settings')} size={36} onClick={() => runAction('app.settings')}>
        <IconSettings size={18} stroke={1.6} />
      </IconButton>
    </nav>
  );
}

function RailButton({ view }: { readonly view: View }): ReactNode {
  const { t } = useTranslation();
  const { keymap } = usePreferences();
  const current = useView((state) => state.view);
  const isCurrent = current === view.name || (current === 'image' && view.name === 'gallery');
  const action = `app.${view.name}` as ActionId;
  const chord = keysOf(actionSpecs[action], keymap)[0];
  const Icon = view.icon;
  if (Icon === undefined) return null;
  return (
    <Tooltip
      position="right"
      label={
        <>
          {t(`app.view.${view.name}`)} {chord !== undefined && <KeyCap chord={chord} />}
        </>
      }
    >
      <UnstyledButton
        className={styles.button}
        aria-label={t(`app.view.${view.name}`)}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={() => runAction(action)}
      >
        <Icon size={20} stroke={1.6} />
      </UnstyledButton>
    </Tooltip>
  );
}
