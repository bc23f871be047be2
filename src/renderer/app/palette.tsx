import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { actionKey, text } from '../i18n/text.ts';
import { actionSpecs, type ActionId } from '../state/action-specs/all.ts';
import { keysOf, type Keymap } from '../state/action-specs/spec.ts';
import { actionsIn, canPickClass, canRun, pickClass, runAction } from '../state/actions.ts';
import { hotkeyChord } from '../state/keys.ts';
import { usePreferences } from '../state/preferences.ts';
import { useClasses, type CountedClass } from '../state/queries.ts';
import { useView } from '../state/view.ts';
import type { ViewName } from '../state/view-name.ts';
import { ClassDot } from '../ui/class-chip.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import styles from './palette.module.css';
import { useUndoWords } from './use-undo-words.ts';

/** Every action that is possible now, and every class, found by typing. */
export function Palette(): ReactNode {
  const { t } = useTranslation();
  const view = useView((state) => state.view);
  const { keymap } = usePreferences();
  const classes = useClasses();
  const { undo, redo } = useUndoWords();
  const [groups, setGroups] = useState<SpotlightActionGroupData[]>([]);
  return (
    <Spotlight
      actions={groups}
      onSpotlightOpen={() => {
        const { here, anywhere } = possibleActions(view);
        const words: Words = { 'app.undo': undo, 'app.redo': redo };
        const items = (ids: readonly ActionId[]) => ids.map((id) => actionItem(id, keymap, words));
        setGroups([
          { group: text('app.palette.here'), actions: items(here) },
          { group: text('app.palette.classes'), actions: canPickClass() ? classItems(classes) : [] },
          { group: text('app.palette.anywhere'), actions: items(anywhere) },
        ]);
      }}
      shortcut={null}
      scrollable
      maxHeight={420}
      overlayProps={{ blur: 0, backgroundOpacity: 0.5 }}
      classNames={{ actionsGroup: styles.group ?? '', action: styles.action ?? '' }}
      attributes={{ content: { 'aria-label': t('app.action.palette') } }}
      highlightQuery
      nothingFound={t('app.palette.nothing')}
      searchProps={{
        leftSection: <IconSearch size={16} />,
        placeholder: t('app.palette.placeholder'),
        'aria-label': t('app.palette.placeholder'),
      }}
    />
  );
}

/** The actions that can be run now: those of the view, and those of every view. */
function possibleActions(view: ViewName): { here: ActionId[]; anywhere: ActionId[] } {
  const possible = actionsIn(view).filter((id) => id !== 'app.palette' && canRun(id));
  const isGlobal = (id: ActionId): boolean => actionSpecs[id].scopes.includes('global');
  return { here: possible.filter((id) => !isGlobal(id)), anywhere: possible.filter(isGlobal) };
}

/** What actions are called just now, where that says more than their names. */
type Words = { readonly [id in ActionId]?: string | null };

function actionItem(id: ActionId, keymap: Keymap, words: Words): SpotlightActionData {
  const chord = keysOf(actionSpecs[id], keymap)[0];
  return {
    id,
    label: words[id] ?? text(actionKey(id)),
    // The palette gives the focus back first, so that a dialog opened from here keeps it.
    onClick: () => void setTimeout(() => runAction(id)),
    rightSection: chord === undefined ? null : <KeyCap chord={chord} />,
  };
}

function classItems(classes: readonly CountedClass[]): SpotlightActionData[] {
  return classes.map(({ id, name, colour, hotkey }) => ({
    id,
    label: name,
    onClick: () => void setTimeout(() => pickClass(id)),
    leftSection: <ClassDot colour={colour} />,
    rightSection: hotkey === null ? null : <KeyCap chord={hotkeyChord(hotkey)} />,
  }));
}
