import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImageFilter } from '#contract/images.ts';
import { emptyFilter } from '../../state/filter.ts';
import {
  parseToken,
  tokensOf,
  tokenText,
  withoutToken,
  withToken,
  withTyped,
  type Names,
  type Token,
} from './filter-tokens.ts';

const names: Names = {
  classes: [
    ['c1', 'monocyte'],
    ['c2', 'large granular lymphocyte'],
  ],
  predicted: [['c1', 'monocyte']],
  annotators: [['kim', 'Kim']],
  sources: [['s1', 'slides "A"']],
  splits: [['test', 'test']],
};
const tokens: Token[] = [
  { field: 'labelled', value: false },
  { field: 'classes', id: 'c1' },
  { field: 'classes', id: 'c2' },
  { field: 'predicted', id: 'c1' },
  { field: 'annotators', id: 'kim' },
  { field: 'sources', id: 's1' },
  { field: 'splits', id: 'test' },
  { field: 'suspicion', value: 0.8 },
  { field: 'disagreeing' },
];

test('what a token reads as is what it is typed as', () => {
  for (const token of tokens) expect(parseToken(tokenText(token, names), names)).toEqual(token);
});

test('any set of conditions is a filter and back, in any order of adding and taking away', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(tokens), fc.shuffledSubarray(tokens), (added, taken) => {
      const filter = added.reduce(withToken, emptyFilter);
      expect(tokensOf(filter)).toHaveLength(added.length);
      const left = taken.reduce(withoutToken, filter);
      const wanted = added.filter((token) => !taken.includes(token));
      expect(new Set(tokensOf(left))).toEqual(new Set(wanted));
    }),
  );
});

test('a typed line mixes conditions and words of the path', () => {
  const typed = 'slide class:monocyte suspect:>0.8 annotator:KIM class:"large granular lymphocyte" 07';
  expect(withTyped(emptyFilter, typed, names)).toEqual({
    ...emptyFilter,
    classes: ['c1', 'c2'],
    annotators: ['kim'],
    suspicion: 0.8,
    text: 'slide 07',
  } as unknown as ImageFilter);
});

test('what means nothing stays text', () => {
  for (const typed of ['class:nobody', 'suspect:>7', 'colour:red', 'a:b:c']) {
    expect(parseToken(typed, names), typed).toBeNull();
  }
});
