import type { Reason, Suspect } from '#contract/review.ts';

/** A sentence of the catalogues with what fills it; `given` and `suggested` in the text name the two classes. */
export interface Sentence {
  readonly key: string;
  readonly values: Readonly<Record<string, number>>;
}

/** How clearly a model prefers one class, from the normalised margin (0 suggested … 1 given). */
function marginKey(value: number): string {
  if (value < 0.15) return 'reasons.marginClear';
  if (value < 0.4) return 'reasons.marginLeaning';
  return value <= 0.6 ? 'reasons.marginClose' : 'reasons.marginGiven';
}

function neighbourKey(given: number, suggested: number): string {
  if (suggested === 0) return given === 0 ? 'reasons.neighboursNeither' : 'reasons.neighboursGiven';
  return given === 0 ? 'reasons.neighboursSuggested' : 'reasons.neighboursBoth';
}

function sentenceOf(reason: Reason): Sentence | null {
  switch (reason.kind) {
    case 'neighbours': {
      const { count, given, suggested } = reason;
      if (count === 0) return null;
      return { key: neighbourKey(given, suggested), values: { count, given, suggested } };
    }
    case 'self-confidence':
      return { key: 'reasons.selfConfidence', values: { given: reason.given, suggested: reason.suggested } };
    case 'class-pair':
      // Below half a per cent it is no argument.
      return reason.share < 0.005 ? null : { key: 'reasons.classPair', values: { share: reason.share } };
    case 'margin':
      return { key: marginKey(reason.value), values: {} };
  }
}

/** What a person can check with their own eyes comes first. */
const order: readonly Reason['kind'][] = ['neighbours', 'self-confidence', 'class-pair', 'margin'];

/** The case against a label, one sentence per finding, strongest kind of evidence first. */
export function reasonSentences(reasons: readonly Reason[]): Sentence[] {
  return order
    .flatMap((kind) => reasons.filter((reason) => reason.kind === kind))
    .map(sentenceOf)
    .filter((sentence) => sentence !== null);
}

/** How sure the audit is, as a count that people can picture: of ten labels like this one, so many are wrong. */
export function sureness({ wrong }: Pick<Suspect, 'wrong'>): Sentence {
  const ofTen = Math.round(wrong * 10);
  if (ofTen >= 10) return { key: 'reasons.sureAll', values: {} };
  if (ofTen < 1) return { key: 'reasons.sureFew', values: {} };
  return { key: 'reasons.sureSome', values: { wrong: ofTen } };
}
