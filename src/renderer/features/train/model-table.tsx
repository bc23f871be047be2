import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import { formatCount, formatDuration, formatPoints, formatTime } from '../../i18n/format.ts';
import { shareDomain, type Domain } from '../../ui/charts/axis.ts';
import { IntervalMark } from '../../ui/charts/interval-mark.tsx';
import plot from '../../ui/charts/plot-table.module.css';
import { ShareAxis } from '../../ui/charts/share-axis.tsx';
import { ShareEstimate, shareText } from '../../ui/charts/share-estimate.tsx';
import { IntervalNumber } from '../../ui/interval-number.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './train.module.css';

export interface ModelTableProps {
  /** Newest first. */
  readonly models: readonly ModelInfo[];
  readonly current: string | null;
}

/** Every model with when it was made and how good it was, on one axis. */
export function ModelTable({ models, current }: ModelTableProps): ReactNode {
  const { t } = useTranslation();
  const domain = shareDomain(models.map((model) => model.crossValidated.accuracy.low));
  return (
    <Section title={t('train.models.title')}>
      <table className={plot.table}>
        <thead>
          <tr>
            <th scope="col">{t('train.models.when')}</th>
            <th scope="col" className={plot.number}>
              {t('train.models.labels')}
            </th>
            <th scope="col" colSpan={2}>
              {t('train.accuracy')}
            </th>
            <th scope="col" className={plot.number} title={t('train.models.gainHint')}>
              {t('train.models.gain')}
            </th>
            <th scope="col" className={plot.number}>
              {t('train.models.errors')}
            </th>
            <th scope="col" className={plot.number}>
              {t('train.models.seconds')}
            </th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <ModelRow key={model.id} model={model} isCurrent={model.id === current} domain={domain} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={2} />
            <td className={plot.plot}>
              <ShareAxis domain={domain} name={t('train.axis')} />
            </td>
            <td colSpan={4} />
          </tr>
        </tfoot>
      </table>
    </Section>
  );
}

interface ModelRowProps {
  readonly model: ModelInfo;
  readonly isCurrent: boolean;
  readonly domain: Domain;
}

function ModelRow({ model, isCurrent, domain }: ModelRowProps): ReactNode {
  const { t } = useTranslation();
  const { accuracy } = model.crossValidated;
  const { estimatedErrors: errors, round } = model;
  return (
    <tr>
      <th scope="row">
        {formatTime(model.createdAt)}{' '}
        {isCurrent && <span className={styles.badge}>{t('train.models.current')}</span>}
      </th>
      <td className={plot.number}>{formatCount(model.units)}</td>
      <td className={plot.plot}>
        <IntervalMark
          estimate={accuracy}
          domain={domain}
          label={`${t('train.accuracy')}: ${shareText(accuracy)}`}
        />
      </td>
      <td className={plot.number}>
        <ShareEstimate estimate={accuracy} hint={t('common.intervalHint')} />
      </td>
      <td className={plot.number}>
        {round === null ? (
          <span className={plot.dim}>–</span>
        ) : (
          <IntervalNumber
            value={formatPoints(round.gain.value)}
            low={formatPoints(round.gain.low)}
            high={formatPoints(round.gain.high)}
            hint={t('train.models.gainHint')}
          />
        )}
      </td>
      <td className={plot.number}>
        <IntervalNumber
          value={formatCount(errors.value)}
          low={formatCount(errors.low)}
          high={formatCount(errors.high)}
          hint={t('common.intervalHint')}
        />
      </td>
      <td className={plot.number}>{formatDuration(model.seconds)}</td>
    </tr>
  );
}
