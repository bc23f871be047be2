import { Pill } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassId } from '#core/ids.ts';
import { formatCount } from '../../i18n/format.ts';
import { useClassMap } from '../../state/queries.ts';
import { setFilter, useView } from '../../state/view.ts';
import { ClassDot } from '../../ui/class-chip.tsx';
import styles from './filter-bar.module.css';
import type { Choice } from './filter-choices.ts';
import { isNamed, nameOf, withoutToken, type Token } from './filter-tokens.ts';
import { useNames } from './use-names.ts';

/** A condition in the filter bar, with a button to take it off. */
export function TokenPill({ token }: { readonly token: Token }): ReactNode {
  const { t } = useTranslation();
  const filter = useView((state) => state.filter);
  const label = useTokenLabel(token);
  return (
    <Pill
      size="sm"
      withRemoveButton
      onRemove={() => setFilter(withoutToken(filter, token))}
      removeButtonProps={{
        'aria-label': `${t('common.remove')}: ${label}`,
        'aria-hidden': false,
        tabIndex: 0,
      }}
    >
      <TokenDot token={token} />
      {label}
    </Pill>
  );
}

/** A condition in the menu of the filter bar, with how many images it shows. */
export function ChoiceLine({ choice }: { readonly choice: Choice }): ReactNode {
  const label = useTokenLabel(choice.token);
  return (
    <span className={styles.choice}>
      <TokenDot token={choice.token} />
      <span className={styles.label}>{label}</span>
      {choice.count !== null && <span className={styles.count}>{formatCount(choice.count)}</span>}
    </span>
  );
}

function TokenDot({ token }: { readonly token: Token }): ReactNode {
  const classes = useClassMap();
  if (token.field !== 'classes' && token.field !== 'predicted') return null;
  const colour = classes.get(token.id as ClassId)?.colour;
  if (colour === undefined) return null;
  return (
    <span className={styles.dot}>
      <ClassDot colour={colour} isPredicted={token.field === 'predicted'} />
    </span>
  );
}

function useTokenLabel(token: Token): string {
  const { t } = useTranslation();
  const names = useNames();
  if (isNamed(token)) return t(`gallery.filter.${token.field}`, { name: nameOf(token, names) });
  switch (token.field) {
    case 'labelled':
      return token.value ? t('gallery.filter.labelled') : t('common.unlabelled');
    case 'suspicion':
      return t('gallery.filter.suspicion', { share: formatCount(token.value * 100) });
    case 'disagreeing':
      return t('gallery.filter.disagreeing');
  }
}
