import { suspectFrom } from '#contract/review.ts';
import type { Names, NamedField, Token } from './filter-tokens.ts';
import { tokenText } from './filter-tokens.ts';

/** How many images each condition would show; see the contract's facets. */
export interface Counts {
  readonly classes: Readonly<Record<string, number>>;
  readonly predicted: Readonly<Record<string, number>>;
  readonly annotators: Readonly<Record<string, number>>;
  readonly sources: Readonly<Record<string, number>>;
  readonly splits: Readonly<Record<string, number>>;
  readonly unlabelled: number;
}

/** A condition that can be chosen from the menu of the filter bar. */
export interface Choice {
  readonly token: Token;
  /** What it is typed as; unique. */
  readonly text: string;
  /** Null where counting would need the images themselves. */
  readonly count: number | null;
}

export interface ChoiceGroup {
  readonly name: 'labels' | 'doubts' | NamedField;
  readonly choices: readonly Choice[];
}

const fields: readonly NamedField[] = ['classes', 'predicted', 'annotators', 'sources', 'splits'];

/** Everything that can be filtered by and would show something, in groups, narrowed by what is typed. */
export function choiceGroups(names: Names, counts: Counts | undefined, typed: string): ChoiceGroup[] {
  const wanted = typed.trim().toLowerCase();
  const choice = (token: Token, count: number | null): Choice => ({
    token,
    text: tokenText(token, names),
    count,
  });
  const groups: ChoiceGroup[] = [
    {
      name: 'labels',
      choices: [
        choice({ field: 'labelled', value: false }, counts?.unlabelled ?? null),
        choice({ field: 'labelled', value: true }, null),
      ],
    },
    {
      name: 'doubts',
      choices: [
        choice({ field: 'suspicion', value: suspectFrom }, null),
        choice({ field: 'suspicion', value: 0.8 }, null),
        choice({ field: 'disagreeing' }, null),
      ],
    },
    ...fields.map((field) => ({
      name: field,
      choices: names[field]
        .map(([id]) => choice({ field, id }, counts === undefined ? null : (counts[field][id] ?? 0)))
        .filter(({ count }) => count !== 0),
    })),
  ];
  return groups
    .map((group) => ({
      ...group,
      choices: group.choices.filter(({ text }) => text.toLowerCase().includes(wanted)),
    }))
    .filter(({ choices }) => choices.length > 0);
}
