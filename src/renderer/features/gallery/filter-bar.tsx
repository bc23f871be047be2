import { Combobox, Pill, PillsInput, useCombobox, type ComboboxStore } from '@mantine/core';
import IconFilter from '@tabler/icons-react/dist/esm/icons/IconFilter.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { runAction, useActions } from '../../state/actions.ts';
import { api } from '../../state/api.ts';
import { emptyFilter, isFiltering } from '../../state/filter.ts';
import { setFilter, useView } from '../../state/view.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './filter-bar.module.css';
import { choiceGroups } from './filter-choices.ts';
import { parseToken, tokensOf, withoutToken, withToken, withTyped } from './filter-tokens.ts';
import { SizeSlider } from './size-slider.tsx';
import { SortMenu } from './sort-menu.tsx';
import { ChoiceLine, TokenPill } from './token-view.tsx';
import { useNames } from './use-names.ts';

/** What the gallery puts into the top bar: filter, order, size. */
export function GalleryBar(): ReactNode {
  return (
    <div className={styles.bar}>
      <FilterInput />
      <SortMenu />
      <SizeSlider />
    </div>
  );
}

/** Words of the path are looked for this long after the last key. */
const typingPauseMs = 250;

function FilterInput(): ReactNode {
  const filter = useView((state) => state.filter);
  const { typed, setTyped } = useTyped();
  const input = useRef<HTMLInputElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const names = useNames();
  useActions({
    'gallery.filter': () => input.current?.focus(),
    'gallery.clearFilter': () => {
      setTyped('');
      setFilter(emptyFilter);
    },
  });
  const choose = (text: string): void => {
    const token = parseToken(text, names);
    setTyped('');
    if (token !== null) setFilter({ ...withToken(filter, token), text: '' });
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} shadow="md" transitionProps={{ duration: 80 }}>
      <Combobox.DropdownTarget>
        <PillsInput
          size="xs"
          className={styles.input ?? ''}
          leftSection={<IconFilter size={14} aria-hidden />}
          rightSection={isFiltering(filter) && <ClearButton />}
          onClick={() => combobox.openDropdown()}
        >
          <Pill.Group className={styles.pills ?? ''}>
            {tokensOf(filter).map((token) => (
              <TokenPill key={JSON.stringify(token)} token={token} />
            ))}
            <Field input={input} combobox={combobox} typed={typed} onType={setTyped} />
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Choices typed={typed === filter.text ? '' : typed} />
    </Combobox>
  );
}

interface FieldProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly combobox: ComboboxStore;
  readonly typed: string;
  readonly onType: (text: string) => void;
}

function Field({ input, combobox, typed, onType }: FieldProps): ReactNode {
  const { t } = useTranslation();
  const names = useNames();
  const filter = useView((state) => state.filter);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const last = tokensOf(filter).at(-1);
    if (event.key === 'Enter' && combobox.getSelectedOptionIndex() < 0) {
      const next = withTyped(filter, typed, names);
      setFilter(next);
      onType(next.text);
      combobox.closeDropdown();
    } else if (event.key === 'Backspace' && typed === '' && last !== undefined) {
      setFilter(withoutToken(filter, last));
    } else if (event.key === 'Escape') event.currentTarget.blur();
  };
  return (
    <Combobox.EventsTarget>
      <PillsInput.Field
        ref={input}
        className={styles.field ?? ''}
        aria-label={t('gallery.action.filter')}
        placeholder={isFiltering(filter) ? '' : t('gallery.filter.placeholder')}
        value={typed}
        onChange={(event) => {
          onType(event.currentTarget.value);
          combobox.openDropdown();
          combobox.resetSelectedOption();
        }}
        onFocus={() => combobox.openDropdown()}
        onBlur={() => combobox.closeDropdown()}
        onKeyDown={onKeyDown}
      />
    </Combobox.EventsTarget>
  );
}

function Choices({ typed }: { readonly typed: string }): ReactNode {
  const { t } = useTranslation();
  const names = useNames();
  const { data: counts } = useQuery(api.images.facets.queryOptions());
  const groups = choiceGroups(names, counts, typed);
  return (
    <Combobox.Dropdown hidden={groups.length === 0}>
      <Combobox.Options mah={420} style={{ overflowY: 'auto' }}>
        {groups.map((group) => (
          <Combobox.Group key={group.name} label={t(`gallery.filter.group.${group.name}`)}>
            {group.choices.map((choice) => (
              <Combobox.Option key={choice.text} value={choice.text}>
                <ChoiceLine choice={choice} />
              </Combobox.Option>
            ))}
          </Combobox.Group>
        ))}
      </Combobox.Options>
    </Combobox.Dropdown>
  );
}

/** What is typed: looked for in the paths while it is typed, and following the filter when that changes elsewhere. */
function useTyped(): { readonly typed: string; readonly setTyped: (text: string) => void } {
  const filter = useView((state) => state.filter);
  const names = useNames();
  const [typed, setTyped] = useState(filter.text);
  useEffect(() => {
    // What may become a condition waits for Enter; all else is looked for at once.
    const mayBeToken = typed.trim() !== '' && choiceGroups(names, undefined, typed).length > 0;
    if (mayBeToken || typed.includes(':') || typed.trim() === useView.getState().filter.text) return;
    const search = (): void => setFilter({ ...useView.getState().filter, text: typed.trim() });
    const timer = setTimeout(search, typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, names]);
  const [before, setBefore] = useState(filter);
  if (before !== filter) {
    setBefore(filter);
    if (filter.text !== before.text && filter.text !== typed.trim()) setTyped(filter.text);
  }
  return { typed, setTyped };
}

function ClearButton(): ReactNode {
  const { t } = useTranslation();
  return (
    <IconButton
      label={t('gallery.action.clearFilter')}
      size={20}
      onClick={() => runAction('gallery.clearFilter')}
    >
      <IconX size={14} />
    </IconButton>
  );
}
