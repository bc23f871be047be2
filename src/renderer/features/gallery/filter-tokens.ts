import type { ImageFilter } from '#contract/images.ts';
import { suspectFrom } from '#contract/review.ts';

/** The conditions of a filter that name things: any of the named will do. */
export const namedFields = ['classes', 'predicted', 'annotators', 'sources', 'splits'] as const;
export type NamedField = (typeof namedFields)[number];

/** One condition of a filter, as a pill in the filter bar. */
export type Token =
  | { readonly field: NamedField; readonly id: string }
  | { readonly field: 'labelled'; readonly value: boolean }
  | { readonly field: 'suspicion'; readonly value: number }
  | { readonly field: 'disagreeing' };

export type NamedToken = Extract<Token, { readonly id: string }>;

/** Whether a condition names a thing of the project. */
export function isNamed(token: Token): token is NamedToken {
  return 'id' in token;
}

/** What things are called in the project: pairs of id and name. */
export type Names = Readonly<Record<NamedField, readonly (readonly [id: string, name: string])[]>>;

/** What the thing that a condition names is called; its id when it is gone. */
export function nameOf(token: NamedToken, names: Names): string {
  return names[token.field].find(([id]) => id === token.id)?.[1] ?? token.id;
}

const words: Readonly<Record<NamedField, string>> = {
  classes: 'class',
  predicted: 'predicted',
  annotators: 'annotator',
  sources: 'source',
  splits: 'split',
};

/** The conditions of a filter, in the order of the bar. */
export function tokensOf(filter: ImageFilter): Token[] {
  return [
    ...(filter.labelled === null ? [] : [{ field: 'labelled', value: filter.labelled } as const]),
    ...namedFields.flatMap((field) => filter[field].map((id): Token => ({ field, id }))),
    ...(filter.suspicion === null ? [] : [{ field: 'suspicion', value: filter.suspicion } as const]),
    ...(filter.disagreeing ? [{ field: 'disagreeing' } as const] : []),
  ];
}

/** The filter with one more condition; of the same kind of yes/no or threshold the newer holds. */
export function withToken(filter: ImageFilter, token: Token): ImageFilter {
  if (isNamed(token)) {
    const ids: readonly string[] = filter[token.field];
    return ids.includes(token.id) ? filter : { ...filter, [token.field]: [...ids, token.id] };
  }
  switch (token.field) {
    case 'labelled':
      return { ...filter, labelled: token.value };
    case 'suspicion':
      return { ...filter, suspicion: token.value };
    case 'disagreeing':
      return { ...filter, disagreeing: true };
  }
}

/** The filter without one of its conditions. */
export function withoutToken(filter: ImageFilter, token: Token): ImageFilter {
  if (isNamed(token)) {
    const ids: readonly string[] = filter[token.field];
    return { ...filter, [token.field]: ids.filter((id) => id !== token.id) };
  }
  switch (token.field) {
    case 'labelled':
      return { ...filter, labelled: null };
    case 'suspicion':
      return { ...filter, suspicion: null };
    case 'disagreeing':
      return { ...filter, disagreeing: false };
  }
}

const quoted = (name: string): string => (/[\s"]/.test(name) ? `"${name.replaceAll('"', '')}"` : name);

/** A condition as it is typed: `class:monocyte`, `suspect:>0.8`, `unlabelled`. */
export function tokenText(token: Token, names: Names): string {
  if (isNamed(token)) return `${words[token.field]}:${quoted(nameOf(token, names))}`;
  switch (token.field) {
    case 'labelled':
      return token.value ? 'labelled' : 'unlabelled';
    case 'suspicion':
      return `suspect:>${token.value}`;
    case 'disagreeing':
      return 'disagreeing';
  }
}

function namedToken(word: string, value: string, names: Names): Token | null {
  const field = namedFields.find((candidate) => words[candidate] === word);
  if (field === undefined) return null;
  const wanted = value.toLowerCase();
  const found = names[field].find(
    ([id, name]) => id === value || name.replaceAll('"', '').toLowerCase() === wanted,
  );
  return found === undefined ? null : { field, id: found[0] };
}

/** The condition that a typed word says, or null when it is just text. */
export function parseToken(typed: string, names: Names): Token | null {
  const word = typed.toLowerCase();
  if (word === 'labelled' || word === 'unlabelled') return { field: 'labelled', value: word === 'labelled' };
  if (word === 'disagreeing') return { field: 'disagreeing' };
  if (word === 'suspect') return { field: 'suspicion', value: suspectFrom };
  const [, key = '', value = ''] = /^([a-z]+):(.*)$/is.exec(typed) ?? [];
  if (key.toLowerCase() === 'suspect') {
    const share = Number(value.replace(/^>=?/, ''));
    return value !== '' && share >= 0 && share <= 1 ? { field: 'suspicion', value: share } : null;
  }
  return namedToken(key.toLowerCase(), value.replace(/^"(.*)"$/s, '$1'), names);
}

/** The filter after a line was typed into the bar: conditions are added, all other words must be in the path. */
export function withTyped(filter: ImageFilter, typed: string, names: Names): ImageFilter {
  const parts = typed.match(/[a-z]+:"[^"]*"|\S+/gi) ?? [];
  const rest: string[] = [];
  let result = filter;
  for (const part of parts) {
    const token = parseToken(part, names);
    if (token === null) rest.push(part);
    else result = withToken(result, token);
  }
  return { ...result, text: rest.join(' ') };
}
