import { Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import IconArrowsExchange from '@tabler/icons-react/dist/esm/icons/IconArrowsExchange.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comparison as Compared, ModelInfo } from '#contract/model.ts';
import { formatCount, formatDecimal, formatPoints } from '../../i18n/format.ts';
import { api } from '../../state/api.ts';
import { closeComparison, compare, type ComparedPair } from '../../state/comparing.ts';
import { LoadError } from '../../state/load-error.tsx';
import { shareDomain, type Domain } from '../../ui/charts/axis.ts';
import { IntervalMark } from '../../ui/charts/interval-mark.tsx';
import { ShareEstimate, shareText } from '../../ui/charts/share-estimate.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { ComparedClasses } from './compared-classes.tsx';
import styles from './comparison.module.css';
import { FlippedImages } from './flipped-images.tsx';
import { roundWords } from './round-words.ts';
import { useModelWords } from './use-model-words.ts';

export interface ComparisonProps {
  readonly models: readonly ModelInfo[];
  readonly pair: ComparedPair;
}

/** Two models side by side, on the labels that neither had learned from. */
export function Comparison({ models, pair }: ComparisonProps): ReactNode {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  // It opens far from what opened it: what is read and the keys go there.
  useEffect(() => {
    title.current?.focus();
    title.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <section className={styles.section} aria-label={t('tune.compare.title')} onKeyDown={closeOnEscape}>
      <header className={styles.header}>
        <h2 ref={title} tabIndex={-1} className={styles.title}>
          {t('tune.compare.title')}
        </h2>
        <IconButton
          label={t('tune.compare.swap')}
          onClick={() => compare({ first: pair.second, second: pair.first })}
        >
          <IconArrowsExchange size={16} stroke={1.6} />
        </IconButton>
        <IconButton label={t('tune.compare.close')} onClick={closeComparison}>
          <IconX size={16} stroke={1.6} />
        </IconButton>
      </header>
      <Sides models={models} pair={pair} />
      {pair.first === pair.second ? (
        <p className={styles.note}>{t('tune.compare.same')}</p>
      ) : (
        <Found pair={pair} />
      )}
    </section>
  );
}

function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  event.preventDefault();
  closeComparison();
}

function Sides({ models, pair }: ComparisonProps): ReactNode {
  const both = models.filter(({ id }) => id === pair.first || id === pair.second);
  const domain = shareDomain(both.map(({ crossValidated }) => crossValidated.accuracy.low));
  return (
    <div className={styles.sides}>
      <Side models={models} pair={pair} side="first" domain={domain} />
      <Side models={models} pair={pair} side="second" domain={domain} />
    </div>
  );
}

interface SideProps extends ComparisonProps {
  readonly side: 'first' | 'second';
  readonly domain: Domain;
}

function Side({ models, pair, side, domain }: SideProps): ReactNode {
  const { t } = useTranslation();
  const { nameOf } = useModelWords();
  const accuracy = models.find(({ id }) => id === pair[side])?.crossValidated.accuracy;
  return (
    <div className={styles.side}>
      <Select
        label={t(`tune.compare.${side}`)}
        data={models.map((model) => ({ value: model.id, label: nameOf(model) }))}
        value={pair[side]}
        allowDeselect={false}
        onChange={(id) => id !== null && compare({ ...pair, [side]: id })}
      />
      {accuracy !== undefined && (
        <div className={styles.accuracy}>
          <span className={styles.number}>
            {t('train.accuracy')} <ShareEstimate estimate={accuracy} hint={t('common.intervalHint')} />
          </span>
          <IntervalMark
            estimate={accuracy}
            domain={domain}
            label={`${t('train.accuracy')}: ${shareText(accuracy)}`}
          />
        </div>
      )}
    </div>
  );
}

function Found({ pair }: Pick<ComparisonProps, 'pair'>): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    // Against the labels as they are now: never kept.
    ...api.model.compare.queryOptions({ input: { ...pair } }),
    ...{ staleTime: 0, gcTime: 0, placeholderData: keepPreviousData },
  });
  if (error !== null) return <LoadError error={error} onRetry={refetch} />;
  if (data === undefined) return <SkeletonRows count={6} />;
  if (data.difference === null) return <p className={styles.verdict}>{t('tune.compare.none')}</p>;
  return (
    <>
      <Verdict found={data} gain={data.difference} />
      <ComparedClasses classes={data.perClass} />
      <FlippedImages flips={data.flips} />
    </>
  );
}

interface VerdictProps {
  readonly found: Compared;
  readonly gain: NonNullable<Compared['difference']>;
}

const verdicts = {
  'train.round.gained': 'tune.compare.gained',
  'train.round.lost': 'tune.compare.lost',
  'train.round.unclear': 'tune.compare.unclear',
} as const;

function Verdict({ found, gain }: VerdictProps): ReactNode {
  const { t } = useTranslation();
  const { key, ...words } = roundWords({ gain });
  const points = (value: number) =>
    key === 'train.round.unclear' ? formatPoints(value) : formatDecimal(value * 100, 1);
  const { units, fixed, broken } = found;
  return (
    <div>
      <p className={styles.verdict}>
        {t(verdicts[key], { gain: points(words.gain), low: points(words.low), high: points(words.high) })}
      </p>
      <p className={styles.note}>
        {t('tune.compare.units', { count: units })} {t('tune.compare.fixed', { total: formatCount(fixed) })},{' '}
        {t('tune.compare.broken', { total: formatCount(broken) })}.
      </p>
    </div>
  );
}
