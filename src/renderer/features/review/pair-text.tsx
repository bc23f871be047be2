import type { ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { ClassId } from '#core/ids.ts';
import { useClassMap } from '../../state/queries.ts';
import { ClassChip } from '../../ui/class-chip.tsx';
import type { ClassPair } from '../../ui/reason-list.tsx';

const unknown = { name: '?', colour: 'var(--line-strong)' };

/** The two classes of a suspicion as they are shown. */
export function usePair(ids: { readonly given: ClassId; readonly suggested: ClassId }): ClassPair {
  const classes = useClassMap();
  return { given: classes.get(ids.given) ?? unknown, suggested: classes.get(ids.suggested) ?? unknown };
}

type PairKey =
  `review.${'accept' | 'keep' | 'nearest' | 'scope' | `grid${'Title' | 'Help' | 'Fix' | 'Kept' | 'Fixed'}`}`;

export interface PairTextProps {
  readonly text: PairKey;
  readonly pair: ClassPair;
  readonly values?: Readonly<Record<string, number | string>>;
}

/** A text of the review in which `<given/>` and `<suggested/>` are the two classes. */
export function PairText({ text, pair, values = {} }: PairTextProps): ReactNode {
  const { t } = useTranslation();
  const components = {
    given: <ClassChip name={pair.given.name} colour={pair.given.colour} isInText />,
    suggested: <ClassChip name={pair.suggested.name} colour={pair.suggested.colour} isPredicted isInText />,
  };
  return <Trans t={t} i18nKey={text as 'review.accept'} values={values} components={components} />;
}
