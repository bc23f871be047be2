import type { ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { Reason } from '#contract/review.ts';
import { formatCount, formatShare } from '../i18n/format.ts';
import { ClassChip, type ClassChipProps } from './class-chip.tsx';
import styles from './reason-list.module.css';
import { reasonSentences, type Sentence } from './reason-sentences.ts';

/** The two classes that a suspicion is between. */
export interface ClassPair {
  readonly given: Pick<ClassChipProps, 'name' | 'colour'>;
  readonly suggested: Pick<ClassChipProps, 'name' | 'colour'>;
}

/** The case against a label, a sentence per finding. */
export function ReasonList({
  reasons,
  pair,
}: {
  readonly reasons: readonly Reason[];
  readonly pair: ClassPair;
}): ReactNode {
  return (
    <ul className={styles.list}>
      {reasonSentences(reasons).map((sentence) => (
        <li key={sentence.key}>
          <SentenceText sentence={sentence} pair={pair} />
        </li>
      ))}
    </ul>
  );
}

/** One sentence with the names of the two classes in their colours. */
export function SentenceText({
  sentence,
  pair,
}: {
  readonly sentence: Sentence;
  readonly pair: ClassPair;
}): ReactNode {
  const { t } = useTranslation();
  const isShare = sentence.key === 'reasons.selfConfidence' || sentence.key === 'reasons.classPair';
  const values = Object.fromEntries(
    Object.entries(sentence.values).map(([name, value]) => [
      name,
      name === 'count' ? value : isShare ? formatShare(value) : formatCount(value),
    ]),
  );
  return (
    <Trans
      t={t}
      i18nKey={sentence.key as 'reasons.marginClear'}
      values={values}
      components={{
        given: <ClassChip {...pair.given} isInText />,
        suggested: <ClassChip {...pair.suggested} isInText />,
      }}
    />
  );
}
