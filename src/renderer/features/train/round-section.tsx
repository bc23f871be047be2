import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import { formatDecimal, formatPercent, formatPoints } from '../../i18n/format.ts';
import { runAction } from '../../state/actions.ts';
import { useChord } from '../../state/use-chord.ts';
import { shareDomain } from '../../ui/charts/axis.ts';
import { IntervalMark } from '../../ui/charts/interval-mark.tsx';
import plot from '../../ui/charts/plot-table.module.css';
import { ShareAxis } from '../../ui/charts/share-axis.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { Section } from '../../ui/page.tsx';
import { roundWords, type Round } from './round-words.ts';
import styles from './train.module.css';
import { useModelWords } from './use-model-words.ts';

/** What the corrections since the model before have bought, in words first. */
export function RoundSection({ model }: { readonly model: ModelInfo }): ReactNode {
  const { t } = useTranslation();
  return (
    <Section title={t('train.round.title')}>
      {model.round !== null ? (
        <Bought round={model.round} />
      ) : model.base !== null ? (
        <Gained model={model} />
      ) : (
        <p className={styles.dim}>{t('train.round.none')}</p>
      )}
    </Section>
  );
}

/** What training the network gained over the head that it began with. */
function Gained({ model }: { readonly model: ModelInfo }): ReactNode {
  const { t } = useTranslation();
  const { whyOf } = useModelWords();
  return (
    <>
      <p className={styles.verdict}>{whyOf(model)}</p>
      <Button
        variant="default"
        onClick={() => runAction('train.compare')}
        rightSection={<KeyCap chord={useChord('train.compare') ?? ''} />}
      >
        {t('tune.compare.open')}
      </Button>
    </>
  );
}

function Bought({ round }: { readonly round: Round }): ReactNode {
  const { t } = useTranslation();
  const { key, gain, low, high } = roundWords(round);
  const isUnclear = key === 'train.round.unclear';
  const points = (value: number) => (isUnclear ? formatPoints(value) : formatDecimal(value * 100, 1));
  const { before, beforeOnNewLabels, after, corrected } = round;
  const rows = [
    ['before', before],
    ['beforeOnNewLabels', beforeOnNewLabels],
    ['after', after],
  ] as const;
  const domain = shareDomain(rows.map(([, value]) => value));
  return (
    <>
      <p className={styles.verdict}>{t(key, { gain: points(gain), low: points(low), high: points(high) })}</p>
      <p className={styles.note}>
        {t('train.round.corrected', { count: corrected })}{' '}
        {t('train.round.fromLabels', {
          points: formatPoints(beforeOnNewLabels - before),
          gain: formatPoints(round.gain.value),
        })}
      </p>
      <table className={plot.table}>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{t(`train.round.${name}`)}</th>
              <td className={plot.number}>{formatPercent(value, 1)}</td>
              <td className={styles.widePlot}>
                <IntervalMark
                  estimate={{ value, low: value, high: value }}
                  domain={domain}
                  label={formatPercent(value, 1)}
                />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={2} />
            <td className={styles.widePlot}>
              <ShareAxis domain={domain} name={t('train.axis')} />
            </td>
          </tr>
        </tfoot>
      </table>
    </>
  );
}
