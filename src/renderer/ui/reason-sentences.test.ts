import { expect, it } from 'vitest';
import { reasonSentences, sureness } from './reason-sentences.ts';

const keys = (...reasons: Parameters<typeof reasonSentences>[0]) =>
  reasonSentences(reasons).map(({ key }) => key);

it('puts what can be seen before what a model says', () => {
  expect(
    keys(
      { kind: 'margin', value: 0.05 },
      { kind: 'class-pair', share: 0.08 },
      { kind: 'self-confidence', given: 0.04, suggested: 0.9 },
      { kind: 'neighbours', count: 10, given: 1, suggested: 8 },
    ),
  ).toEqual(['reasons.neighboursBoth', 'reasons.selfConfidence', 'reasons.classPair', 'reasons.marginClear']);
});

it('says it in words where no neighbour carries a class', () => {
  expect(keys({ kind: 'neighbours', count: 10, given: 0, suggested: 8 })).toEqual([
    'reasons.neighboursSuggested',
  ]);
  expect(keys({ kind: 'neighbours', count: 10, given: 7, suggested: 0 })).toEqual([
    'reasons.neighboursGiven',
  ]);
  expect(keys({ kind: 'neighbours', count: 10, given: 0, suggested: 0 })).toEqual([
    'reasons.neighboursNeither',
  ]);
});

it('leaves out what is no argument', () => {
  expect(keys({ kind: 'neighbours', count: 0, given: 0, suggested: 0 })).toEqual([]);
  expect(keys({ kind: 'class-pair', share: 0.001 })).toEqual([]);
});

it('calls a close call a close call', () => {
  expect([0.02, 0.3, 0.5, 0.8].map((value) => keys({ kind: 'margin', value })[0])).toEqual([
    'reasons.marginClear',
    'reasons.marginLeaning',
    'reasons.marginClose',
    'reasons.marginGiven',
  ]);
});

it('tells how sure it is in tenths, without claiming all or none too early', () => {
  expect(sureness({ wrong: 0.94 })).toEqual({ key: 'reasons.sureSome', values: { wrong: 9 } });
  expect(sureness({ wrong: 0.96 }).key).toBe('reasons.sureAll');
  expect(sureness({ wrong: 0.04 }).key).toBe('reasons.sureFew');
});
