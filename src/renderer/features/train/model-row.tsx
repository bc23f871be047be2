import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import { formatCount, formatDecimal, formatDuration, formatPoints, formatTime } from '../../i18n/format.ts';
import type { Domain } from '../../ui/charts/axis.ts';
import { IntervalMark } from '../../ui/charts/interval-mark.tsx';
import plot from '../../ui/charts/plot-table.module.css';
import { ShareEstimate, shareText } from '../../ui/charts/share-estimate.tsx';
import { IntervalNumber } from '../../ui/interval-number.tsx';
import { ModelMenu, type ModelMenuProps } from './model-menu.tsx';
import styles from './train.module.css';
import { useBackboneName } from './use-backbone-name.ts';
import { useModelWords } from './use-model-words.ts';

export interface ModelRowProps extends ModelMenuProps {
  readonly domain: Domain;
}

/** A model: what learned, from what, how good it was and what it gained. */
export function ModelRow({ domain, ...menu }: ModelRowProps): ReactNode {
  const { t } = useTranslation();
  const { model, current } = menu;
  const { accuracy } = model.crossValidated;
  const { estimatedErrors: errors } = model;
  return (
    <tr>
      <th scope="row" className={styles.modelCell}>
        <ModelName model={model} isCurrent={model.id === current} />
      </th>
      <td className={plot.number}>{formatCount(model.units)}</td>
      <td className={styles.modelPlot}>
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
        <Gain model={model} />
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
      <td className={plot.number}>
        <ModelMenu {...menu} />
      </td>
    </tr>
  );
}

function ModelName({
  model,
  isCurrent,
}: {
  readonly model: ModelInfo;
  readonly isCurrent: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const { whyOf } = useModelWords();
  const backboneName = useBackboneName();
  const why = whyOf(model);
  return (
    <>
      <span className={styles.model}>
        {t(`tune.regime.${model.regime}`)}{' '}
        <span className={styles.dim}>
          {t('tune.models.from', { name: backboneName(model.base ?? model.backbone) })}
        </span>{' '}
        {isCurrent && <span className={styles.badge}>{t('train.models.current')}</span>}
      </span>
      <span className={styles.why}>
        {formatTime(model.createdAt)}
        {why !== '' && `; ${why}`}
      </span>
    </>
  );
}

/** Against the model before, or for a network against the head that it began with. */
function Gain({ model }: { readonly model: ModelInfo }): ReactNode {
  const { t } = useTranslation();
  const { round, candidates } = model;
  const chosen = candidates.find(({ isChosen }) => isChosen);
  if (round !== null) {
    return (
      <IntervalNumber
        value={formatPoints(round.gain.value)}
        low={formatPoints(round.gain.low)}
        high={formatPoints(round.gain.high)}
        hint={t('train.models.gainHint')}
      />
    );
  }
  if (chosen === undefined || chosen.gain === null) return <span className={plot.dim}>–</span>;
  return (
    <span title={t('tune.models.gainHint')}>
      {formatPoints(chosen.gain)}
      <span className={plot.dim}> ± {formatDecimal((chosen.standardError ?? 0) * 100, 1)}</span>
    </span>
  );
}
